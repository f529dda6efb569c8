-- Sending to the server.

-- Counts what happened to a record while it waited: an acknowledgement of what was read before
-- does not take away what came after.
ALTER TABLE outbox ADD COLUMN changes INTEGER NOT NULL DEFAULT 0;

CREATE TRIGGER answer_waits AFTER INSERT ON answer
BEGIN
	UPDATE outbox SET changes = changes + 1 WHERE kind = 1 AND record = new.visit;
END;

CREATE TRIGGER card_event_waits AFTER INSERT ON card_event WHEN new.visit IS NOT NULL
BEGIN
	UPDATE outbox SET changes = changes + 1 WHERE kind = 1 AND record = new.visit;
END;

-- What the server refused, and why: kept here instead of in the outbox until somebody has
-- it sent again.
CREATE TABLE refused (
	kind INTEGER NOT NULL,
	record INTEGER NOT NULL,
	at INTEGER NOT NULL,
	reason TEXT NOT NULL,
	PRIMARY KEY (kind, record)
) STRICT, WITHOUT ROWID;

-- How sending went; times are ms UTC.  `failures` in a row; not before `not_before` does a
-- timer's run try again.
CREATE TABLE sync_state (
	one INTEGER PRIMARY KEY CHECK (one = 1),
	succeeded INTEGER,
	failed INTEGER,
	error TEXT,
	failures INTEGER NOT NULL,
	not_before INTEGER
) STRICT;
INSERT INTO sync_state (one, failures) VALUES (1, 0);
