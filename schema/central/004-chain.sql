-- More than one server.
--
-- Every server has this whole schema and holds some stores.  One of them, the centre, is where
-- tills ask first: its directory says which server holds a store, and without a word there a
-- store is held by the centre itself.  The unit that moves is a store: one store's rows are
-- found by index and copied in one transaction, no neighbour waits, and there may be as many
-- servers as stores (moving a sixteenth, a hash partition, would stop them all and end at 16).
--
-- For reading, the centre has a parent a table, partitioned by server, whose partitions are
-- foreign tables (schema tillask_far), and above it views of the same names as in tillask
-- (schema tillask_chain) that take of each store only what its home says: exact also while it
-- moves, since a row that is on two servers has one home.  What a view computes is computed on
-- the servers: their views are foreign tables too.

-- ---- on every server ------------------------------------------------------------------

-- What this server is called in the chain; no row: it stands alone.
CREATE TABLE tillask.member (
	one integer PRIMARY KEY DEFAULT 1 CHECK (one = 1),
	name text NOT NULL,
	chain uuid NOT NULL
);

-- Which stores this server holds; rows of any other are refused, but for those of which it has
-- no row while it is the centre or stands alone.
CREATE TABLE tillask.held (
	store text PRIMARY KEY,
	state text NOT NULL CHECK (state IN ('here', 'arriving', 'leaving', 'left')),
	since timestamptz NOT NULL DEFAULT now()
);

-- The lock that a batch shares until it ends and that a move takes alone; then none is under way.
CREATE FUNCTION tillask.store_lock(store text) RETURNS integer
LANGUAGE sql IMMUTABLE
AS $$ SELECT hashtext(store) $$;

-- Refuses rows of a store that is not held here, TK001: the sender asks the centre again.
CREATE FUNCTION tillask.held_here() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	name text;
	now_it text;
	member constant boolean := EXISTS (SELECT FROM tillask.member m WHERE m.name <> 'centre');
BEGIN
	IF current_setting('transaction_isolation') NOT LIKE 'read %' THEN
		RAISE feature_not_supported USING
			MESSAGE = 'facts are sent in READ COMMITTED transactions';
	END IF;
	FOR name IN SELECT DISTINCT store FROM new_rows ORDER BY store LOOP
		PERFORM pg_advisory_xact_lock_shared(8388346, tillask.store_lock(name));
		SELECT state INTO now_it FROM tillask.held h WHERE h.store = name;
		CONTINUE WHEN now_it = 'here' OR now_it IS NULL AND NOT member;
		CONTINUE WHEN now_it = 'arriving' AND tillask.sends_for_all()
			AND current_setting('tillask.moving', true) = name;
		RAISE EXCEPTION USING ERRCODE = 'TK001', MESSAGE =
			format(CASE WHEN now_it IN ('arriving', 'leaving')
				THEN 'store %s is being moved from one server to another'
				ELSE 'store %s is held by another server' END, name);
	END LOOP;
	RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION tillask.held_here() FROM PUBLIC;

-- The tables that hold rows of stores, and their columns in an order that does not depend on
-- how a server's schema grew.
CREATE FUNCTION tillask.store_tables() RETURNS TABLE (name text, columns text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT relname::text, (SELECT string_agg(quote_ident(attname), ', ' ORDER BY attname)
		FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped)
	FROM pg_class c
	WHERE relnamespace = 'tillask'::regnamespace AND relkind = 'p' AND NOT relispartition
		AND EXISTS (SELECT FROM pg_attribute
			WHERE attrelid = c.oid AND attname = 'store' AND NOT attisdropped)
	ORDER BY relname
$$;

DO $$
DECLARE
	fact text;
BEGIN
	FOR fact IN SELECT name FROM tillask.store_tables() LOOP
		EXECUTE format('CREATE TRIGGER held_here AFTER INSERT ON tillask.%I'
			' REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT'
			' EXECUTE FUNCTION tillask.held_here()', fact);
	END LOOP;
END
$$;

-- ---- steps of a move, each on one server, each harmless when done twice -------------------

-- The old server takes no more of it; what was under way has ended when this returns.
CREATE FUNCTION tillask.leave(wanted text) RETURNS void
LANGUAGE sql
AS $$
	SELECT pg_advisory_xact_lock(8388346, tillask.store_lock(wanted));
	INSERT INTO tillask.held (store, state) VALUES (wanted, 'leaving')
	ON CONFLICT (store) DO UPDATE SET state = 'leaving', since = now();
$$;

CREATE FUNCTION tillask.delete_store(wanted text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	fact text;
BEGIN
	FOR fact IN SELECT name FROM tillask.store_tables() LOOP
		EXECUTE format('DELETE FROM tillask.%I WHERE store = $1', fact) USING wanted;
	END LOOP;
END
$$;

-- A line a table: how many rows of the store, and a sum over them that tells them from others.
CREATE FUNCTION tillask.sum_of(wanted text) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
SET timezone = 'UTC' SET datestyle = 'ISO' SET extra_float_digits = 1
AS $$
DECLARE
	fact record;
	line text;
	lines text := '';
BEGIN
	FOR fact IN SELECT * FROM tillask.store_tables() LOOP
		EXECUTE format('SELECT format(''%%s %%s %%s;'', %L, count(*), coalesce(sum('
			'hashtextextended(row(%s)::text, 0)::numeric), 0))'
			' FROM tillask.%I WHERE store = $1', fact.name, fact.columns, fact.name)
		INTO line USING wanted;
		lines := lines || line;
	END LOOP;
	RETURN lines;
END
$$;

-- Within the transaction that copies: makes room on the new server for the whole store.
CREATE FUNCTION tillask.arrive(wanted text) RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
	now_it text;
BEGIN
	PERFORM pg_advisory_xact_lock(8388346, tillask.store_lock(wanted));
	SELECT state INTO now_it FROM tillask.held WHERE store = wanted;
	IF now_it IN ('here', 'leaving')
			OR now_it IS NULL AND EXISTS (SELECT FROM tillask.visit WHERE store = wanted) THEN
		RAISE EXCEPTION 'store % is on this server, though the directory names another', wanted;
	END IF;
	INSERT INTO tillask.held (store, state) VALUES (wanted, 'arriving')
	ON CONFLICT (store) DO UPDATE SET state = 'arriving', since = now();
	PERFORM tillask.delete_store(wanted);
	PERFORM set_config('tillask.moving', wanted, true);
END
$$;

-- The new server takes what tills send.
CREATE FUNCTION tillask.settle(wanted text) RETURNS void
LANGUAGE sql
AS $$ UPDATE tillask.held SET state = 'here', since = now() WHERE store = wanted $$;

-- The old server forgets the rows, and goes on refusing.
CREATE FUNCTION tillask.leave_for_good(wanted text) RETURNS void
LANGUAGE sql
AS $$
	SELECT tillask.delete_store(wanted);
	UPDATE tillask.held SET state = 'left', since = now() WHERE store = wanted;
$$;

-- Who may send, as the new server must know it; the password only as its hash, and only where
-- the caller may read that.
CREATE FUNCTION tillask.enrolled(wanted text)
RETURNS TABLE (role text, store text, till text, secret text)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF has_table_privilege('pg_catalog.pg_authid', 'SELECT') THEN
		RETURN QUERY SELECT e.role::text, e.store, e.till, a.rolpassword::text
		FROM tillask.enrolment e LEFT JOIN pg_authid a ON a.rolname = e.role
		WHERE e.store = wanted;
	ELSE
		RETURN QUERY SELECT e.role::text, e.store, e.till, NULL::text
		FROM tillask.enrolment e WHERE e.store = wanted;
	END IF;
END
$$;

CREATE FUNCTION tillask.enrol_moved(new_role text, new_store text, new_till text, secret text)
RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
	IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = new_role) THEN
		EXECUTE format('CREATE ROLE %I LOGIN PASSWORD %L IN ROLE tillask_till',
			new_role, secret);
	END IF;
	IF NOT EXISTS (SELECT FROM tillask.enrolment e WHERE e.role = new_role
			AND e.store = new_store AND e.till IS NOT DISTINCT FROM new_till) THEN
		INSERT INTO tillask.enrolment (role, store, till)
		VALUES (new_role, new_store, new_till);
	END IF;
END
$$;

-- ---- the centre ---------------------------------------------------------------------------

-- `address`: what tills get of the connection string: host, port and database; '' is the centre.
-- `conninfo`: what central commands connect with; without a password.
CREATE TABLE tillask.server (
	name text PRIMARY KEY CHECK (name ~ '^[a-z][a-z0-9_]{0,19}$'),
	address text NOT NULL,
	conninfo text NOT NULL
);
INSERT INTO tillask.server VALUES ('centre', '', '');

-- `target`: it is being moved there.  `source`: it was moved from there, and the old rows are
-- not removed yet.
CREATE TABLE tillask.home (
	store text PRIMARY KEY,
	server text NOT NULL REFERENCES tillask.server,
	target text REFERENCES tillask.server,
	source text REFERENCES tillask.server
);

-- What a till asks.  Of other stores than its own it learns nothing.
CREATE VIEW tillask.directory WITH (security_barrier) AS
SELECT store, address FROM tillask.home JOIN tillask.server ON name = server
WHERE tillask.sends_for_all()
	OR EXISTS (SELECT FROM tillask.enrolment e WHERE e.role = session_user AND e.store = home.store);

-- Notes that a store is to move; where it is in that.
CREATE FUNCTION tillask.begin_move(wanted text, wanted_server text)
RETURNS TABLE (from_server text, state text)
LANGUAGE plpgsql
AS $$
DECLARE
	h tillask.home;
BEGIN
	IF NOT EXISTS (SELECT FROM tillask.server WHERE name = wanted_server) THEN
		RAISE EXCEPTION 'there is no server % in the chain', wanted_server;
	END IF;
	INSERT INTO tillask.home (store, server) VALUES (wanted, 'centre') ON CONFLICT DO NOTHING;
	SELECT * INTO h FROM tillask.home WHERE store = wanted FOR UPDATE;
	IF h.target <> wanted_server OR h.source IS NOT NULL AND h.server <> wanted_server THEN
		RAISE EXCEPTION 'store % is on its way to %; finish that first', wanted,
			coalesce(h.target, h.server);
	END IF;
	IF h.source IS NOT NULL THEN
		RETURN QUERY SELECT h.source, 'switched';
	ELSIF h.server = wanted_server THEN
		RETURN QUERY SELECT h.server, 'done';
	ELSE
		UPDATE tillask.home SET target = wanted_server WHERE store = wanted;
		RETURN QUERY SELECT h.server, 'copying';
	END IF;
END
$$;

-- Readers that began with the old directory are waited for, the next ones have the new one: the
-- views of the chain read `home`.
CREATE FUNCTION tillask.switch_home(wanted text) RETURNS void
LANGUAGE sql
AS $$
	LOCK TABLE tillask.home IN ACCESS EXCLUSIVE MODE;
	UPDATE tillask.home SET server = target, source = server, target = NULL
	WHERE store = wanted AND target IS NOT NULL;
$$;

CREATE FUNCTION tillask.end_move(wanted text) RETURNS void
LANGUAGE sql
AS $$ UPDATE tillask.home SET source = NULL WHERE store = wanted $$;

-- ---- reading over all servers ---------------------------------------------------------------

-- What is read over all servers: the tables of stores and the views that name a store.
CREATE FUNCTION tillask.shared() RETURNS SETOF text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT relname::text FROM pg_class c
	WHERE relnamespace = 'tillask'::regnamespace AND relname <> 'directory'
		AND (relkind = 'v' OR relkind = 'p' AND NOT relispartition)
		AND EXISTS (SELECT FROM pg_attribute
			WHERE attrelid = c.oid AND attname = 'store' AND NOT attisdropped)
	ORDER BY relname
$$;

-- On a member: everything with the server's name beside it.
CREATE FUNCTION tillask.share() RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
	it text;
BEGIN
	CREATE SCHEMA IF NOT EXISTS tillask_share;
	FOR it IN SELECT tillask.shared() LOOP
		EXECUTE format('CREATE OR REPLACE VIEW tillask_share.%1$I AS SELECT'
			' (SELECT name FROM tillask.member) AS server, x.* FROM tillask.%1$I x', it);
	END LOOP;
	GRANT USAGE ON SCHEMA tillask_share TO tillask_admin;
	GRANT SELECT ON ALL TABLES IN SCHEMA tillask_share TO tillask_admin;
END
$$;

-- On the centre: the reading parents, a foreign table for each other server, and the views.
CREATE FUNCTION tillask.link() RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
	it text;
	there text;
	names text;
BEGIN
	CREATE SCHEMA IF NOT EXISTS tillask_far;
	CREATE SCHEMA IF NOT EXISTS tillask_chain;
	GRANT USAGE ON SCHEMA tillask_chain TO tillask_reader, tillask_admin;
	FOR it IN SELECT tillask.shared() LOOP
		EXECUTE format('CREATE TABLE IF NOT EXISTS tillask_far.%1$I'
			' (server text NOT NULL, LIKE tillask.%1$I) PARTITION BY LIST (server)', it);
		FOR there IN SELECT name FROM tillask.server WHERE name <> 'centre' LOOP
			EXECUTE format('CREATE FOREIGN TABLE IF NOT EXISTS tillask_far.%I'
				' PARTITION OF tillask_far.%I FOR VALUES IN (%L) SERVER %I'
				' OPTIONS (schema_name %L, table_name %L)', it || '_on_' || there,
				it, there, 'tillask_' || there, 'tillask_share', it);
		END LOOP;
		EXECUTE format('CREATE OR REPLACE VIEW tillask_chain.%1$I AS SELECT f.* FROM'
			' (SELECT * FROM tillask_share.%1$I UNION ALL SELECT * FROM tillask_far.%1$I) f'
			' LEFT JOIN tillask.home h USING (store)'
			' WHERE f.server = coalesce(h.server, ''centre'')', it);
		SELECT string_agg(quote_ident(attname), ', ') INTO names
		FROM pg_attribute
		WHERE attrelid = format('tillask_chain.%I', it)::regclass AND attnum > 0
			AND attname NOT IN ('card_key', 'row');
		EXECUTE format('GRANT SELECT (%s) ON tillask_chain.%I TO tillask_reader', names, it);
		EXECUTE format('GRANT SELECT ON tillask_chain.%I TO tillask_admin', it);
	END LOOP;
END
$$;

-- Before a migration, which may change what these are made of; share() and link() make them again.
CREATE FUNCTION tillask.unlink() RETURNS void
LANGUAGE sql
AS $$ DROP SCHEMA IF EXISTS tillask_chain, tillask_far, tillask_share CASCADE $$;

REVOKE ALL ON FUNCTION tillask.leave(text), tillask.delete_store(text), tillask.sum_of(text),
	tillask.arrive(text), tillask.settle(text), tillask.leave_for_good(text),
	tillask.enrolled(text), tillask.enrol_moved(text, text, text, text),
	tillask.begin_move(text, text), tillask.switch_home(text), tillask.end_move(text),
	tillask.share(), tillask.link(), tillask.unlink() FROM PUBLIC;
GRANT SELECT ON tillask.directory TO tillask_till, tillask_admin;
GRANT SELECT ON tillask.server, tillask.home, tillask.member, tillask.held
	TO tillask_reader, tillask_admin;

INSERT INTO tillask.version (version, oldest_sender) VALUES (4, 1);
