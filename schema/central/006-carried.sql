-- Signs of life that came in a bundle; and a move that is given up.

-- `carried`: it came in a bundle, when that was loaded; `at` is when the bundle was written, by
-- the till's clock.  `waiting` holds what stands in the bundle too: it waits on the till until its
-- acknowledgement is there.
ALTER TABLE tillask.heartbeat ADD COLUMN carried boolean NOT NULL DEFAULT false;
ALTER TABLE tillask.device_count ADD COLUMN carried boolean NOT NULL DEFAULT false;
GRANT SELECT (carried) ON tillask.heartbeat, tillask.device_count TO tillask_reader;

-- When the till lived, which no clock can put later than the moment at which that was heard.
DROP INDEX tillask.heartbeat_newest;
CREATE INDEX heartbeat_newest ON tillask.heartbeat
	(store, till, (CASE WHEN carried THEN least(at, received_at) ELSE received_at END) DESC);

-- The newest sign of life of each till: a dead till has none, a quiet one has no visits.  Bundles
-- come in any order, and as often as somebody carries them: `carried` for a week and a day, then
-- `silent`.  How far its clock is off a bundle does not tell, but for one that is ahead.
CREATE OR REPLACE VIEW tillask.till_health AS
SELECT store, till, generation,
	CASE WHEN carried AND alive_at > now() - interval '8 days' THEN 'carried'
		WHEN carried THEN 'silent'
		WHEN alive_at > now() - interval '30 minutes' THEN 'ok'
		WHEN alive_at > now() - interval '1 day' THEN 'late' ELSE 'silent' END AS state,
	alive_at AS heard_at, last_visit, waiting, oldest, set_aside,
	CASE WHEN NOT carried OR at > received_at THEN at - received_at END AS clock_ahead,
	version, received_at
FROM (
	SELECT DISTINCT ON (store, till) h.*,
		CASE WHEN carried THEN least(at, received_at) ELSE received_at END AS alive_at
	FROM tillask.heartbeat h
	ORDER BY store, till,
		CASE WHEN carried THEN least(at, received_at) ELSE received_at END DESC
) newest
LEFT JOIN LATERAL (
	SELECT ended AS last_visit FROM tillask.visit v
	WHERE v.store = newest.store AND v.till = newest.till
		AND v.generation = newest.generation
	ORDER BY seq DESC LIMIT 1
) last ON true;

-- Notes that a store is to move; where it is in that.  To the server that it has not left yet:
-- `staying`, the move to `from_server` is given up.
CREATE OR REPLACE FUNCTION tillask.begin_move(wanted text, wanted_server text)
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
	IF h.target IS NOT NULL AND h.server = wanted_server THEN
		RETURN QUERY SELECT h.target, 'staying';
	ELSIF h.target <> wanted_server OR h.source IS NOT NULL AND h.server <> wanted_server THEN
		RAISE EXCEPTION 'store % is on its way to %; finish that first', wanted,
			coalesce(h.target, h.server);
	ELSIF h.source IS NOT NULL THEN
		RETURN QUERY SELECT h.source, 'switched';
	ELSIF h.server = wanted_server THEN
		RETURN QUERY SELECT h.server, 'done';
	ELSE
		UPDATE tillask.home SET target = wanted_server WHERE store = wanted;
		RETURN QUERY SELECT h.server, 'copying';
	END IF;
END
$$;

CREATE OR REPLACE FUNCTION tillask.end_move(wanted text) RETURNS void
LANGUAGE sql
AS $$ UPDATE tillask.home SET source = NULL, target = NULL WHERE store = wanted $$;

INSERT INTO tillask.version (version, oldest_sender) VALUES (6, 1);
