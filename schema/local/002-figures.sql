-- What the figures need beside the answers: who answered, whether an offer was made, what the
-- survey cost the queue, and what the manager alone knows.

-- respondent: customer, staff or mystery.  offered: the customer saw the offer.
ALTER TABLE visit ADD COLUMN respondent TEXT NOT NULL DEFAULT 'customer';
ALTER TABLE visit ADD COLUMN offered INTEGER NOT NULL DEFAULT 0 CHECK (offered IN (0, 1));

-- The first business day on which a swipe of it counted.
ALTER TABLE card ADD COLUMN first_day INTEGER NOT NULL DEFAULT 0;

-- From paid to the next sale begun, in ms, after a sale that was asked or held out at random.
CREATE TABLE queue_time (
	n INTEGER PRIMARY KEY,
	id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
	day INTEGER NOT NULL,
	at INTEGER NOT NULL,
	at_offset INTEGER NOT NULL,
	held_out INTEGER NOT NULL CHECK (held_out IN (0, 1)),
	milliseconds INTEGER NOT NULL
) STRICT;
CREATE INDEX queue_time_day ON queue_time (day);

-- What the manager enters.  what: marketing, wages (in the currency's smallest unit), passed,
-- entered (people counted at the door); of this day, or of the period that begins with it.
CREATE TABLE entry (
	day INTEGER NOT NULL,
	what TEXT NOT NULL,
	value INTEGER NOT NULL,
	PRIMARY KEY (day, what)
) STRICT, WITHOUT ROWID;

-- What the shop did of what customers asked for, at a point of contact ("": the whole).
CREATE TABLE action (
	n INTEGER PRIMARY KEY,
	id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
	day INTEGER NOT NULL,
	point TEXT NOT NULL,
	text TEXT NOT NULL,
	responsible TEXT NOT NULL
) STRICT;
CREATE INDEX action_day ON action (day);

DROP TRIGGER visit_closed;
DROP TRIGGER visit_stays_closed;
DROP TRIGGER answer_late;
DROP TRIGGER card_event_late;
DROP TRIGGER card_event_alone;

UPDATE visit SET offered = 1
WHERE outcome IN ('completed', 'partial', 'declined', 'ignored')
	OR n IN (SELECT visit FROM answer);

UPDATE card SET first_day = coalesce((SELECT min(day) FROM card_event
	WHERE card_event.card = card.card AND result IN ('accepted', 'replaced')), seen_day);

-- kind 3: a time of the queue (queue_time.n).
CREATE TABLE outbox_2 (
	kind INTEGER NOT NULL CHECK (kind IN (1, 2, 3)),
	record INTEGER NOT NULL,
	PRIMARY KEY (kind, record)
) STRICT, WITHOUT ROWID;
INSERT INTO outbox_2 SELECT kind, record FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_2 RENAME TO outbox;

-- The roll-up anew, by all that the rates distinguish.  Training counts as visits (so that seq
-- is accounted for) and in no answer.
DROP TABLE day_visit;
CREATE TABLE day_visit (
	day INTEGER NOT NULL,
	"trigger" TEXT NOT NULL,
	respondent TEXT NOT NULL,
	outcome TEXT NOT NULL,
	reason TEXT NOT NULL,
	offered INTEGER NOT NULL,
	visits INTEGER NOT NULL,
	first_seq INTEGER NOT NULL,
	last_seq INTEGER NOT NULL,
	PRIMARY KEY (day, "trigger", respondent, outcome, reason, offered)
) STRICT, WITHOUT ROWID;
INSERT INTO day_visit
SELECT day, "trigger", respondent, outcome, reason, offered, count(*), min(seq), max(seq)
FROM visit WHERE seq IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6;

DROP TABLE day_answer;
CREATE TABLE day_answer (
	day INTEGER NOT NULL,
	respondent TEXT NOT NULL,
	wording INTEGER NOT NULL REFERENCES wording (n),
	value INTEGER NOT NULL,
	answers INTEGER NOT NULL,
	PRIMARY KEY (day, respondent, wording, value)
) STRICT, WITHOUT ROWID;
INSERT INTO day_answer
SELECT day, respondent, wording, coalesce(value, iif(words IS NULL, -1, 0)), count(*)
FROM answer JOIN visit ON visit.n = answer.visit WHERE seq IS NOT NULL GROUP BY 1, 2, 3, 4;

-- As before, and of training nothing is remembered but the visit itself.
CREATE TRIGGER visit_closed AFTER UPDATE OF seq ON visit WHEN old.seq IS NULL
BEGIN
	INSERT INTO outbox (kind, record) VALUES (1, new.n);

	INSERT INTO day_visit (day, "trigger", respondent, outcome, reason, offered, visits,
		first_seq, last_seq)
	VALUES (new.day, new."trigger", new.respondent, new.outcome, new.reason, new.offered, 1,
		new.seq, new.seq)
	ON CONFLICT DO UPDATE SET visits = visits + 1, last_seq = excluded.last_seq;

	INSERT INTO day_answer (day, respondent, wording, value, answers)
	SELECT new.day, new.respondent, wording, coalesce(value, iif(words IS NULL, -1, 0)), 1
	FROM answer WHERE visit = new.n
		AND NOT (new.outcome = 'not_asked' AND new.reason = 'training')
	ON CONFLICT DO UPDATE SET answers = answers + 1;

	UPDATE question SET asked = new.seq * 8 + answer.place
	FROM answer JOIN wording ON wording.n = answer.wording
	WHERE answer.visit = new.n AND question.n = wording.question AND question.asked IS NULL
		AND NOT (new.outcome = 'not_asked' AND new.reason = 'training');

	INSERT INTO card (card, seen_day, swipes, first_day)
	SELECT card, new.day, 1, new.day FROM card_event
	WHERE visit = new.n AND card IS NOT NULL AND result IN ('accepted', 'replaced')
		AND NOT (new.outcome = 'not_asked' AND new.reason = 'training')
	ON CONFLICT DO UPDATE SET
		swipes = iif(excluded.seen_day > seen_day, 1,
			swipes + (excluded.seen_day = seen_day)),
		seen_day = max(seen_day, excluded.seen_day),
		first_day = min(first_day, excluded.first_day);

	UPDATE card SET answered_day = max(new.day, coalesce(answered_day, new.day))
	WHERE card = new.card AND new.outcome IN ('completed', 'partial');

	UPDATE card SET declined_day = max(new.day, coalesce(declined_day, new.day))
	WHERE card = new.card AND new.outcome = 'declined';

	INSERT INTO card_question (card, question, day)
	SELECT new.card, wording.question, new.day
	FROM answer JOIN wording ON wording.n = answer.wording
	WHERE answer.visit = new.n AND new.card IS NOT NULL
		AND (answer.value IS NOT NULL OR answer.words IS NOT NULL)
		AND NOT (new.outcome = 'not_asked' AND new.reason = 'training')
	ON CONFLICT DO UPDATE SET day = max(day, excluded.day);
END;

CREATE TRIGGER visit_stays_closed BEFORE UPDATE ON visit WHEN old.seq IS NOT NULL
BEGIN
	SELECT raise(ABORT, 'a closed visit never changes');
END;

-- An answer or card event that comes later (recover) for a closed visit counts, and is sent.
CREATE TRIGGER answer_late AFTER INSERT ON answer
WHEN (SELECT seq FROM visit WHERE n = new.visit) IS NOT NULL
BEGIN
	INSERT INTO day_answer (day, respondent, wording, value, answers)
	SELECT day, respondent, new.wording, coalesce(new.value, iif(new.words IS NULL, -1, 0)), 1
	FROM visit WHERE n = new.visit
		AND NOT (outcome = 'not_asked' AND reason = 'training')
	ON CONFLICT DO UPDATE SET answers = answers + 1;

	UPDATE question SET asked = (SELECT seq FROM visit WHERE n = new.visit) * 8 + new.place
	WHERE n = (SELECT question FROM wording WHERE n = new.wording) AND asked IS NULL
		AND EXISTS (SELECT 1 FROM visit WHERE n = new.visit
			AND NOT (outcome = 'not_asked' AND reason = 'training'));

	INSERT INTO outbox (kind, record) VALUES (1, new.visit) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER card_event_late AFTER INSERT ON card_event
WHEN (SELECT seq FROM visit WHERE n = new.visit) IS NOT NULL
BEGIN
	INSERT INTO outbox (kind, record) VALUES (1, new.visit) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER card_event_alone AFTER INSERT ON card_event WHEN new.visit IS NULL
BEGIN
	INSERT INTO outbox (kind, record) VALUES (2, new.n);
END;

CREATE TRIGGER queue_time_sent AFTER INSERT ON queue_time
BEGIN
	INSERT INTO outbox (kind, record) VALUES (3, new.n);
END;
