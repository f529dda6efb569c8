-- Taking staged rows in costs about what an INSERT ... ON CONFLICT DO NOTHING of them costs.
--
-- Store by store, so that the planner looks into one partition and not into all at each row; in
-- one pass that remembers nothing but where the few rows lie that are new or differ: a batch
-- whose answer was lost is here whole already.

-- Before anything is compared: whether a row of another store is here, and with which values, is
-- nothing that a sender learns.
CREATE FUNCTION tillask.own_stores_staged(incoming text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	wrong record;
BEGIN
	IF tillask.sends_for_all() THEN
		RETURN;
	END IF;
	EXECUTE format('SELECT store, till FROM (SELECT DISTINCT store, till FROM %s) n'
		' WHERE NOT EXISTS (SELECT FROM tillask.enrolment e WHERE e.role = session_user'
		' AND e.store = n.store AND (e.till IS NULL OR e.till = n.till)) LIMIT 1', incoming)
	INTO wrong;
	IF wrong.store IS NOT NULL THEN
		RAISE check_violation USING MESSAGE = format(
			'role %s may not send for store %s, till %s',
			session_user, wrong.store, wrong.till);
	END IF;
END
$$;
REVOKE ALL ON FUNCTION tillask.own_stores_staged(text) FROM PUBLIC;

CREATE OR REPLACE FUNCTION tillask.take_one(fact text, key text, seq text) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
SET enable_hashjoin = off SET enable_mergejoin = off SET enable_bitmapscan = off SET jit = off
AS $$
DECLARE
	incoming constant text := format('pg_temp.%I', 'incoming_' || fact);
	facts constant text := format('tillask.%I', fact);
	keys constant text[] := string_to_array(key, ' ');
	found text; -- n is the row that came, o the one that is here
	same text;
	moved text;
	whose text;
	here bigint;
	known bigint := 0;
	added tid[];
	other tid[];
BEGIN
	PERFORM tillask.own_stores_staged(incoming);
	SELECT string_agg(pair, ' AND ') FILTER (WHERE attname = ANY (keys)),
		string_agg(pair, ' AND ') FILTER (WHERE attname <> ALL (keys)),
		string_agg(pair, ' AND ') FILTER (WHERE attname <> ALL (keys)
			AND attname NOT IN ('generation', 'seq'))
	INTO found, same, moved
	FROM (SELECT attname, format(CASE WHEN attnotnull THEN 'n.%1$I = o.%1$I'
			ELSE 'n.%1$I IS NOT DISTINCT FROM o.%1$I' END, attname) AS pair
		FROM pg_attribute
		WHERE attrelid = facts::regclass AND attnum > 0 AND NOT attisdropped
			AND attname <> 'received_at') columns;
	FOR whose IN EXECUTE format('SELECT DISTINCT store FROM %s', incoming) LOOP
		EXECUTE format('SELECT count(o.store),'
			' array_agg(n.ctid) FILTER (WHERE o.store IS NULL),'
			' array_agg(n.ctid) FILTER (WHERE o.store IS NOT NULL AND NOT (%s))'
			' FROM %s n LEFT JOIN %s o ON o.store = %4$L AND %5$s WHERE n.store = %4$L',
			same, incoming, facts, whose, found)
		INTO here, added, other;
		known := known + here;
		IF added IS NOT NULL THEN
			EXECUTE format('INSERT INTO %s SELECT * FROM %s WHERE ctid = ANY ($1)'
				' ON CONFLICT DO NOTHING', facts, incoming) USING added;
		END IF;
		IF other IS NOT NULL THEN
			EXECUTE format('INSERT INTO tillask.conflict'
				' (store, till, generation, seq, fact, id, row, moved)'
				' SELECT n.store, n.till, n.generation, %s, %L, n.%I,'
				' to_jsonb(n) - ''received_at'', %s'
				' FROM %s n JOIN %s o ON %s WHERE n.ctid = ANY ($1)'
				' ON CONFLICT DO NOTHING',
				seq, fact, keys[2], moved, incoming, facts, found) USING other;
		END IF;
	END LOOP;
	RETURN known;
END
$$;

INSERT INTO tillask.version (version, oldest_sender) VALUES (5, 1);
