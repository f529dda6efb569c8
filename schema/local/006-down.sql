-- What comes down from head office.

-- Text laid over config.ini (terminal/published.h).  good 1: in force; 0: fetched, and not found
-- good yet.
CREATE TABLE published (
	good INTEGER NOT NULL CHECK (good IN (0, 1)),
	scope TEXT NOT NULL,
	whose TEXT NOT NULL,
	version INTEGER NOT NULL,
	body TEXT NOT NULL,
	PRIMARY KEY (good, scope)
) STRICT, WITHOUT ROWID;

-- `taken` counts how often other publications came into force; `refused`: why those fetched last
-- did not.  `card_key` is the chain's: with it pseudonyms of cards are the same on every till.
-- `recent_since`: the server's time up to which recent_card was fetched.
CREATE TABLE from_central (
	one INTEGER PRIMARY KEY CHECK (one = 1),
	taken INTEGER NOT NULL,
	refused TEXT,
	card_key BLOB CHECK (length(card_key) = 32),
	recent_since TEXT
) STRICT;
INSERT INTO from_central (one, taken) VALUES (1, 0);

-- When a card answered and declined last at any till of the chain.
CREATE TABLE recent_card (
	pseudonym BLOB PRIMARY KEY CHECK (length(pseudonym) = 16),
	answered_day INTEGER,
	declined_day INTEGER
) STRICT, WITHOUT ROWID;

-- Cards of which the server does not know yet that they answered or declined here.
CREATE TABLE card_news (
	card TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
INSERT INTO card_news (card) SELECT card FROM card
WHERE answered_day IS NOT NULL OR declined_day IS NOT NULL;

CREATE TRIGGER card_is_news AFTER UPDATE OF answered_day, declined_day ON card
WHEN new.answered_day IS NOT old.answered_day OR new.declined_day IS NOT old.declined_day
BEGIN
	INSERT INTO card_news (card) VALUES (new.card) ON CONFLICT DO NOTHING;
END;

-- `changes` begins with a number that no other entry of the same record ever had: what
-- acknowledges an earlier one, perhaps weeks later from a bundle, takes this one not away.
CREATE TRIGGER outbox_is_new AFTER INSERT ON outbox
BEGIN
	UPDATE outbox SET changes = random() & 0xffffffffffffff
	WHERE kind = new.kind AND record = new.record;
END;
