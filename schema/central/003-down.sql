-- What goes down to the tills: publications, and which cards were asked not long ago; and the
-- keys by which bundles are known (README, "No network").

-- The region of a store.
CREATE TABLE tillask.region (
	store text PRIMARY KEY,
	region text NOT NULL
);

-- Text in the form of config.ini for all tills, a region, a store or one till ('017/3').  The
-- newest version for each of them counts; the others stay as history.  An empty body withdraws.
CREATE TABLE tillask.published (
	version bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	scope text NOT NULL CHECK (scope IN ('all', 'region', 'store', 'till')),
	whose text NOT NULL DEFAULT '',
	body text NOT NULL CHECK (length(body) < 1000000),
	published_at timestamptz NOT NULL DEFAULT now(),
	published_by text NOT NULL DEFAULT session_user,
	CHECK ((scope = 'all') = (whose = '')),
	CHECK (scope <> 'till' OR whose ~ '^[^/]+/[^/]+$')
);
CREATE INDEX published_newest ON tillask.published (scope, whose, version);

-- One row.  Who has `card_key` can tell whether a card number stands in recent_card: tills have.
CREATE TABLE tillask.chain (
	one boolean PRIMARY KEY DEFAULT true CHECK (one),
	card_key bytea NOT NULL CHECK (length(card_key) = 32)
);
INSERT INTO tillask.chain (card_key) SELECT sha256(uuid_send(gen_random_uuid())
	|| uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));

-- When a card answered and declined last, anywhere in the chain.  `pseudonym`: the first 16 bytes
-- of BLAKE2b over its number, keyed with card_key.
CREATE TABLE tillask.recent_card (
	pseudonym bytea PRIMARY KEY CHECK (length(pseudonym) = 16),
	answered date,
	declined date,
	changed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX recent_card_changed ON tillask.recent_card (changed_at, pseudonym);

-- The Ed25519 keys of tills whose bundles are taken in.
CREATE TABLE tillask.till_key (
	store text NOT NULL,
	till text NOT NULL,
	public_key bytea NOT NULL CHECK (length(public_key) = 32),
	enrolled_at timestamptz NOT NULL DEFAULT now(),
	revoked_at timestamptz,
	PRIMARY KEY (store, till, public_key)
);

-- ---- who reads what ---------------------------------------------------------------------

-- Is this publication for a till that the session's role is enrolled for?
CREATE FUNCTION tillask.is_for_sender(scope text, whose text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT scope = 'all' OR tillask.sends_for_all() OR EXISTS (
	SELECT FROM tillask.enrolment e WHERE e.role = session_user AND CASE scope
		WHEN 'region' THEN EXISTS (SELECT FROM tillask.region r
			WHERE r.store = e.store AND r.region = whose)
		WHEN 'store' THEN e.store = whose
		WHEN 'till' THEN starts_with(whose, e.store || '/')
			AND (e.till IS NULL OR whose = e.store || '/' || e.till)
	END) $$;

ALTER TABLE tillask.published ENABLE ROW LEVEL SECURITY;
CREATE POLICY till_reads ON tillask.published FOR SELECT TO tillask_till
	USING (tillask.is_for_sender(scope, whose));
CREATE POLICY reader_reads ON tillask.published FOR SELECT TO tillask_reader USING (true);
CREATE POLICY admin_does ON tillask.published TO tillask_admin USING (true) WITH CHECK (true);

ALTER TABLE tillask.region ENABLE ROW LEVEL SECURITY;
CREATE POLICY till_reads ON tillask.region FOR SELECT TO tillask_till
	USING (tillask.is_for_sender('store', store));
CREATE POLICY reader_reads ON tillask.region FOR SELECT TO tillask_reader USING (true);
CREATE POLICY admin_does ON tillask.region TO tillask_admin USING (true) WITH CHECK (true);

-- Takes in what a till knows of its cards; the later day stays.  Ordered, so that two tills do
-- not wait for each other.
CREATE FUNCTION tillask.cards_asked(pseudonyms text[], answers date[], declines date[])
RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
	INSERT INTO tillask.recent_card AS r (pseudonym, answered, declined)
	SELECT decode(p, 'hex'), max(a), max(d)
	FROM unnest(pseudonyms, answers, declines) AS n (p, a, d)
	GROUP BY 1 ORDER BY 1
	ON CONFLICT (pseudonym) DO UPDATE SET
		answered = greatest(r.answered, excluded.answered),
		declined = greatest(r.declined, excluded.declined),
		changed_at = clock_timestamp()
	WHERE (greatest(r.answered, excluded.answered), greatest(r.declined, excluded.declined))
		IS DISTINCT FROM (r.answered, r.declined)
$$;

REVOKE ALL ON FUNCTION tillask.cards_asked(text[], date[], date[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tillask.cards_asked(text[], date[], date[])
	TO tillask_till, tillask_admin;
GRANT SELECT ON tillask.published, tillask.region TO tillask_till, tillask_reader;
GRANT SELECT ON tillask.chain, tillask.recent_card TO tillask_till;
GRANT ALL ON tillask.published, tillask.region, tillask.chain, tillask.recent_card,
	tillask.till_key TO tillask_admin;

INSERT INTO tillask.version (version, oldest_sender) VALUES (3, 1);
