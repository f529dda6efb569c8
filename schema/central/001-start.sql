-- The server of one shop or of a chain: schema tillask, in any PostgreSQL from 13 on.
--
-- Facts come from tills, are keyed by store and id, and never change.  Columns are named and
-- valued as in the exported files (README, "Files"); a text that is absent is NULL; beside a
-- time stands the till's offset from UTC in seconds.  Each table of facts is partitioned by hash
-- of store into 16 parts, so that parts may lie on other servers.
--
-- A till's role may insert facts of its own store and read none.  COPY is refused under
-- row-level security, so a statement trigger over the new rows binds the store to the role.

CREATE SCHEMA tillask;

-- One row a migration.  `oldest_sender`: the least schema that a till must know to send here.
CREATE TABLE tillask.version (
	version integer PRIMARY KEY,
	oldest_sender integer NOT NULL,
	migrated_at timestamptz NOT NULL DEFAULT now(),
	migrated_by text NOT NULL DEFAULT session_user
);

-- ---- who ------------------------------------------------------------------------------

-- Roles belong to the whole server: another database of it may have made them already.
DO $$
DECLARE
	name text;
BEGIN
	FOREACH name IN ARRAY ARRAY['tillask_admin', 'tillask_reader', 'tillask_till'] LOOP
		BEGIN
			EXECUTE format('CREATE ROLE %I NOLOGIN', name);
		EXCEPTION WHEN duplicate_object OR unique_violation THEN
			NULL;
		END;
	END LOOP;
	EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO tillask_admin', current_database());
END
$$;

-- For which stores a login role may send; till NULL: for every till of the store.
CREATE TABLE tillask.enrolment (
	role name NOT NULL,
	store text NOT NULL,
	till text,
	UNIQUE (role, store, till)
);

-- An owner, a superuser or an admin may send for any store.
CREATE FUNCTION tillask.sends_for_all() RETURNS boolean
LANGUAGE sql STABLE
AS $$ SELECT pg_has_role(session_user, 'tillask_admin', 'MEMBER')
	OR pg_has_role(session_user, (SELECT nspowner FROM pg_namespace
		WHERE nspname = 'tillask'), 'MEMBER') $$;

-- Refuses a statement with a row of a store that is not the sender's.  42501: the role is
-- enrolled for no store at all; 23514: for this row's it is not.
CREATE FUNCTION tillask.own_store_only() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	wrong record;
BEGIN
	IF tillask.sends_for_all() THEN
		RETURN NULL;
	END IF;
	IF NOT EXISTS (SELECT FROM tillask.enrolment WHERE role = session_user) THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('role %s is enrolled for no store', session_user),
			HINT = 'INSERT INTO tillask.enrolment (role, store, till) for it';
	END IF;
	SELECT n.store, n.till INTO wrong
	FROM (SELECT DISTINCT store, till FROM new_rows) n
	WHERE NOT EXISTS (SELECT FROM tillask.enrolment e WHERE e.role = session_user
		AND e.store = n.store AND (e.till IS NULL OR e.till = n.till))
	LIMIT 1;
	IF FOUND THEN
		RAISE check_violation USING MESSAGE = format(
			'role %s may not send for store %s, till %s',
			session_user, wrong.store, wrong.till);
	END IF;
	RETURN NULL;
END
$$;

-- ---- facts ----------------------------------------------------------------------------

-- A closed visit.  `offered`: the customer saw the offer.  `seq` is gap-free within the till's database, which is `generation`.
-- `card` is masked; `card_key` is the number or token as [loyalty] keep= said.
CREATE TABLE tillask.visit (
	store text NOT NULL,
	till text NOT NULL,
	generation uuid NOT NULL,
	seq bigint NOT NULL CHECK (seq > 0),
	visit uuid NOT NULL,
	cashier text,
	day date NOT NULL,
	started timestamptz NOT NULL,
	started_offset integer NOT NULL,
	ended timestamptz NOT NULL,
	ended_offset integer NOT NULL,
	trigger text NOT NULL CHECK (trigger IN ('key', 'card', 'sale')),
	language text NOT NULL,
	card text,
	card_key text,
	card_kind text,
	receipt text,
	sale_kind text,
	tender text,
	total numeric(20, 2),
	currency text,
	outcome text NOT NULL CHECK (outcome IN ('completed', 'partial', 'declined', 'ignored',
		'not_asked', 'interrupted', 'complaint')),
	reason text,
	seconds numeric(20, 1) NOT NULL,
	clock text NOT NULL CHECK (clock IN ('ok', 'doubtful')),
	respondent text NOT NULL,
	offered boolean NOT NULL,
	received_at timestamptz NOT NULL DEFAULT now(),
	UNIQUE (store, visit)
) PARTITION BY HASH (store);
CREATE INDEX visit_seq ON tillask.visit (store, till, generation, seq);
CREATE INDEX visit_day ON tillask.visit (store, day);

-- An answer, or a skip (neither value nor label).  `wording_id` tells one exact wording, in all
-- its languages, from every other; `low`: it calls for somebody; `training`: it is no answer of
-- anybody.
CREATE TABLE tillask.answer (
	store text NOT NULL,
	till text NOT NULL,
	generation uuid NOT NULL,
	seq bigint NOT NULL CHECK (seq > 0),
	visit uuid NOT NULL,
	respondent text NOT NULL,
	training boolean NOT NULL,
	day date NOT NULL,
	at timestamptz NOT NULL,
	at_offset integer NOT NULL,
	question text NOT NULL,
	point text,
	wording text,
	wording_id uuid NOT NULL,
	kind text NOT NULL CHECK (kind IN ('smiley', 'nps10', 'nps11', 'yesno', 'choice', 'words')),
	value integer,
	label text,
	low boolean NOT NULL,
	milliseconds integer CHECK (milliseconds >= 0),
	place smallint NOT NULL,
	probability double precision NOT NULL CHECK (probability >= 0 AND probability <= 1),
	received_at timestamptz NOT NULL DEFAULT now(),
	UNIQUE (store, visit, wording_id)
) PARTITION BY HASH (store);
CREATE INDEX answer_day ON tillask.answer (store, day);
CREATE INDEX answer_low ON tillask.answer (store, at) WHERE low;

CREATE TABLE tillask.card_event (
	store text NOT NULL,
	till text NOT NULL,
	generation uuid NOT NULL,
	event uuid NOT NULL,
	visit uuid,
	day date NOT NULL,
	at timestamptz NOT NULL,
	at_offset integer NOT NULL,
	reader text NOT NULL,
	result text NOT NULL,
	card text,
	card_key text,
	card_kind text,
	received_at timestamptz NOT NULL DEFAULT now(),
	UNIQUE (store, event)
) PARTITION BY HASH (store);
CREATE INDEX card_event_day ON tillask.card_event (store, day);

-- From paid to the next sale begun, after a sale that was asked or held out at random.
CREATE TABLE tillask.queue_time (
	store text NOT NULL,
	till text NOT NULL,
	generation uuid NOT NULL,
	queue_time uuid NOT NULL,
	day date NOT NULL,
	at timestamptz NOT NULL,
	at_offset integer NOT NULL,
	held_out boolean NOT NULL,
	milliseconds bigint NOT NULL,
	received_at timestamptz NOT NULL DEFAULT now(),
	UNIQUE (store, queue_time)
) PARTITION BY HASH (store);

-- One row a run of `tillask sync`: the till lives.  `at` is the till's clock; `waiting` is what
-- it had not sent when the run ended, `set_aside` what this server refused.
CREATE TABLE tillask.heartbeat (
	store text NOT NULL,
	till text NOT NULL,
	generation uuid NOT NULL,
	at timestamptz NOT NULL,
	version text NOT NULL,
	last_seq bigint NOT NULL,
	waiting bigint NOT NULL,
	oldest timestamptz,
	set_aside bigint NOT NULL,
	received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
	UNIQUE (store, till, generation, at)
) PARTITION BY HASH (store);
CREATE INDEX heartbeat_newest ON tillask.heartbeat (store, till, received_at);

-- What each reader read since the beginning of business day `since`, in the words of
-- UnifiedPOS.
CREATE TABLE tillask.device_count (
	store text NOT NULL,
	till text NOT NULL,
	generation uuid NOT NULL,
	at timestamptz NOT NULL,
	reader text NOT NULL,
	since date NOT NULL,
	good_reads bigint NOT NULL,
	failed_reads bigint NOT NULL,
	retries bigint NOT NULL,
	read_error bigint NOT NULL,
	truncated bigint NOT NULL,
	bad_char bigint NOT NULL,
	overlong bigint NOT NULL,
	format bigint NOT NULL,
	checksum bigint NOT NULL,
	length bigint NOT NULL,
	received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
	UNIQUE (store, till, generation, at, reader)
) PARTITION BY HASH (store);

-- A row that came with a key which is here already, and with other values: a cloned disk, a
-- restored backup.  The first one stays in its table, what came later is whole in `row`.  `moved`:
-- nothing but generation and seq differ, the visit was taken over into a new database.
CREATE TABLE tillask.conflict (
	store text NOT NULL,
	till text NOT NULL,
	generation uuid NOT NULL,
	seq bigint,
	fact text NOT NULL,
	id uuid NOT NULL,
	row jsonb NOT NULL,
	moved boolean NOT NULL,
	received_at timestamptz NOT NULL DEFAULT now()
) PARTITION BY HASH (store);
CREATE UNIQUE INDEX conflict_once ON tillask.conflict (store, fact, id, md5(row::text));

DO $$
DECLARE
	fact text;
BEGIN
	FOREACH fact IN ARRAY ARRAY['visit', 'answer', 'card_event', 'queue_time', 'heartbeat',
			'device_count', 'conflict'] LOOP
		FOR i IN 0..15 LOOP
			EXECUTE format('CREATE TABLE tillask.%I PARTITION OF tillask.%I'
				' FOR VALUES WITH (MODULUS 16, REMAINDER %s)',
				fact || '_' || to_char(i, 'FM00'), fact, i);
		END LOOP;
		EXECUTE format('CREATE TRIGGER own_store_only AFTER INSERT ON tillask.%I'
			' REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT'
			' EXECUTE FUNCTION tillask.own_store_only()', fact);
	END LOOP;
END
$$;

-- ---- a batch in which a key is here already ---------------------------------------------

-- Staging tables of this transaction, for a sender to COPY into.  They belong to the owner of
-- the schema, so that what take() reads cannot have been prepared by somebody else.
CREATE FUNCTION tillask.stage() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	fact text;
BEGIN
	FOREACH fact IN ARRAY ARRAY['visit', 'answer', 'card_event', 'queue_time'] LOOP
		EXECUTE format('CREATE TEMPORARY TABLE %I (LIKE tillask.%I INCLUDING DEFAULTS)'
			' ON COMMIT DROP', 'incoming_' || fact, fact);
		EXECUTE format('GRANT INSERT ON pg_temp.%I TO PUBLIC', 'incoming_' || fact);
	END LOOP;
END
$$;

-- Takes the staged rows of one table in; those whose key is here with other values go to
-- `conflict`.  Tells how many keys were here already.  Without JIT and with nothing but the
-- index to join by: temporary tables have no statistics.
CREATE FUNCTION tillask.take_one(fact text, key text, seq text) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off
AS $$
DECLARE
	found text;
	same text;
	moved text;
	known bigint;
BEGIN
	SELECT string_agg(pair, ' AND '),
		string_agg(pair, ' AND ') FILTER (WHERE attname NOT IN ('generation', 'seq'))
	INTO same, moved
	FROM (SELECT attname, format('n.%1$I IS NOT DISTINCT FROM o.%1$I', attname) AS pair
		FROM pg_attribute
		WHERE attrelid = format('tillask.%I', fact)::regclass AND attnum > 0
			AND NOT attisdropped AND attname <> 'received_at') columns;
	SELECT string_agg(format('o.%1$I = n.%1$I', name), ' AND ') INTO found
	FROM unnest(string_to_array(key, ' ')) name;
	EXECUTE format('WITH seen AS MATERIALIZED (SELECT n, o.store IS NOT NULL AS known,'
		' o.store IS NOT NULL AND (%1$s) AS same, o.store IS NOT NULL AND (%2$s) AS moved'
		' FROM pg_temp.%3$I n LEFT JOIN tillask.%4$I o ON %5$s),'
		' added AS (INSERT INTO tillask.%4$I SELECT (n).* FROM seen WHERE NOT known'
		'  ON CONFLICT DO NOTHING),'
		' kept AS (INSERT INTO tillask.conflict'
		'  (store, till, generation, seq, fact, id, row, moved)'
		'  SELECT (n).store, (n).till, (n).generation, %6$s, %4$L, (n).%7$I,'
		'  to_jsonb(n) - ''received_at'', moved FROM seen WHERE known AND NOT same'
		'  ON CONFLICT DO NOTHING)'
		' SELECT count(*) FROM seen WHERE known',
		same, moved, 'incoming_' || fact, fact, found, seq, split_part(key, ' ', 2))
	INTO known;
	RETURN known;
END
$$;

-- Takes everything that was staged in this transaction in, each row once; tells how many were
-- here already.
CREATE FUNCTION tillask.take() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF EXISTS (SELECT FROM pg_class WHERE relnamespace = pg_my_temp_schema()
			AND relname LIKE 'incoming\_%'
			AND relowner <> (SELECT oid FROM pg_roles WHERE rolname = current_user)) THEN
		RAISE insufficient_privilege USING MESSAGE = 'stage by tillask.stage()';
	END IF;
	RETURN tillask.take_one('visit', 'store visit', '(n).seq')
		+ tillask.take_one('answer', 'store visit wording_id', '(n).seq')
		+ tillask.take_one('card_event', 'store event', 'NULL')
		+ tillask.take_one('queue_time', 'store queue_time', 'NULL');
END
$$;

-- ---- rights ---------------------------------------------------------------------------

REVOKE ALL ON FUNCTION tillask.own_store_only(), tillask.stage(), tillask.take(),
	tillask.take_one(text, text, text) FROM PUBLIC;
GRANT USAGE ON SCHEMA tillask TO tillask_till, tillask_reader, tillask_admin;
GRANT SELECT ON tillask.version TO tillask_till, tillask_reader, tillask_admin;
GRANT EXECUTE ON FUNCTION tillask.stage(), tillask.take() TO tillask_till, tillask_admin;
GRANT INSERT ON tillask.visit, tillask.answer, tillask.card_event, tillask.queue_time,
	tillask.heartbeat, tillask.device_count TO tillask_till;
GRANT ALL ON ALL TABLES IN SCHEMA tillask TO tillask_admin;

-- Who looks at figures need not know which card it was.
DO $$
DECLARE
	fact text;
	names text;
BEGIN
	FOREACH fact IN ARRAY ARRAY['visit', 'answer', 'card_event', 'queue_time', 'heartbeat',
			'device_count'] LOOP
		SELECT string_agg(quote_ident(attname), ', ') INTO names
		FROM pg_attribute
		WHERE attrelid = format('tillask.%I', fact)::regclass AND attnum > 0
			AND attname <> 'card_key';
		EXECUTE format('GRANT SELECT (%s) ON tillask.%I TO tillask_reader', names, fact);
	END LOOP;
END
$$;

INSERT INTO tillask.version (version, oldest_sender) VALUES (1, 1);
