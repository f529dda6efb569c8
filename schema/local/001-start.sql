-- The database of one till.  Days are business days, counted from 1970-01-01.  Times are ms
-- UTC with the local offset in seconds beside them.  A text that is absent is NULL.

-- Whose file this is.  `generation` is random and new with every file; `secret` keys the
-- tokens of cards and the pseudonyms of cashiers; `till` is as what it was opened last.
CREATE TABLE meta (
	one INTEGER PRIMARY KEY CHECK (one = 1),
	generation BLOB NOT NULL CHECK (length(generation) = 16),
	secret BLOB NOT NULL CHECK (length(secret) = 32),
	till INTEGER NOT NULL REFERENCES till (n)
) STRICT;

CREATE TABLE till (
	n INTEGER PRIMARY KEY,
	store TEXT NOT NULL,
	till TEXT NOT NULL,
	currency TEXT NOT NULL,
	UNIQUE (store, till, currency)
) STRICT;

-- A question is its name; `asked` orders them by when each was first asked, NULL: never.
CREATE TABLE question (
	n INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE,
	asked INTEGER
) STRICT;

-- One exact wording of a question, in all its languages; `hash` is the SHA-256 over all of
-- it (store/wording.h).  Rows are added, never changed: an answer refers to what was read.
CREATE TABLE wording (
	n INTEGER PRIMARY KEY,
	question INTEGER NOT NULL REFERENCES question (n),
	hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
	kind TEXT NOT NULL,
	point TEXT NOT NULL,
	low_choices INTEGER NOT NULL	-- bit i-1: choice i counts as low
) STRICT;

CREATE TABLE wording_text (
	wording INTEGER NOT NULL REFERENCES wording (n),
	language TEXT NOT NULL,
	text TEXT NOT NULL,
	low TEXT NOT NULL,
	high TEXT NOT NULL,
	PRIMARY KEY (wording, language)
) STRICT, WITHOUT ROWID;

CREATE TABLE wording_choice (
	wording INTEGER NOT NULL REFERENCES wording (n),
	language TEXT NOT NULL,
	choice INTEGER NOT NULL,
	text TEXT NOT NULL,
	PRIMARY KEY (wording, language, choice)
) STRICT, WITHOUT ROWID;

-- seq is NULL while the visit is open; outcome and reason are then what would stand if the
-- program ended now.  Given once, gap-free within the generation: trigger visit_closed.
CREATE TABLE visit (
	n INTEGER PRIMARY KEY,
	id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
	seq INTEGER UNIQUE,
	till INTEGER NOT NULL REFERENCES till (n),
	day INTEGER NOT NULL,
	"trigger" TEXT NOT NULL,
	language TEXT NOT NULL,
	started INTEGER NOT NULL,
	started_offset INTEGER NOT NULL,
	ended INTEGER NOT NULL,
	ended_offset INTEGER NOT NULL,
	milliseconds INTEGER NOT NULL,	-- from the offer to the end
	doubtful INTEGER NOT NULL,
	card TEXT,			-- number or token, as [loyalty] keep= said
	card_mask TEXT,
	card_kind TEXT,
	receipt TEXT,
	cashier TEXT,
	sale_kind TEXT,
	tender TEXT,
	total INTEGER,			-- in the currency's smallest unit
	outcome TEXT NOT NULL,
	reason TEXT NOT NULL
) STRICT;

-- value is NULL for words and for a skipped question; words too when skipped.
CREATE TABLE answer (
	visit INTEGER NOT NULL REFERENCES visit (n),
	wording INTEGER NOT NULL REFERENCES wording (n),
	at INTEGER NOT NULL,
	at_offset INTEGER NOT NULL,
	milliseconds INTEGER,
	place INTEGER NOT NULL,
	probability REAL NOT NULL,
	value INTEGER,
	words TEXT,
	PRIMARY KEY (visit, wording)
) STRICT, WITHOUT ROWID;

-- day is that of the visit it belongs to, else its own.
CREATE TABLE card_event (
	n INTEGER PRIMARY KEY,
	id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
	visit INTEGER REFERENCES visit (n),
	day INTEGER NOT NULL,
	at INTEGER NOT NULL,
	at_offset INTEGER NOT NULL,
	reader TEXT NOT NULL,
	result TEXT NOT NULL,
	card TEXT,
	card_mask TEXT,
	card_kind TEXT
) STRICT;
CREATE INDEX card_event_day ON card_event (day);
CREATE INDEX card_event_visit ON card_event (visit) WHERE visit IS NOT NULL;

-- What the server has not acknowledged.  kind 1: a closed visit (visit.n) with its answers
-- and card events; 2: a card event of no visit (card_event.n).
CREATE TABLE outbox (
	kind INTEGER NOT NULL CHECK (kind IN (1, 2)),
	record INTEGER NOT NULL,
	PRIMARY KEY (kind, record)
) STRICT, WITHOUT ROWID;

-- The roll-up: counts over closed visits.  value -1: skipped, 0 for words.
CREATE TABLE day_visit (
	day INTEGER NOT NULL,
	outcome TEXT NOT NULL,
	reason TEXT NOT NULL,
	visits INTEGER NOT NULL,
	first_seq INTEGER NOT NULL,
	last_seq INTEGER NOT NULL,
	PRIMARY KEY (day, outcome, reason)
) STRICT, WITHOUT ROWID;

CREATE TABLE day_answer (
	day INTEGER NOT NULL,
	wording INTEGER NOT NULL REFERENCES wording (n),
	value INTEGER NOT NULL,
	answers INTEGER NOT NULL,
	PRIMARY KEY (day, wording, value)
) STRICT, WITHOUT ROWID;

-- What is known of a card: swipes that counted (accepted or replaced) on the day it was seen
-- last, and when it answered and declined.
CREATE TABLE card (
	card TEXT PRIMARY KEY,
	seen_day INTEGER NOT NULL,
	swipes INTEGER NOT NULL,
	answered_day INTEGER,
	declined_day INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE card_question (
	card TEXT NOT NULL,
	question INTEGER NOT NULL REFERENCES question (n),
	day INTEGER NOT NULL,
	PRIMARY KEY (card, question)
) STRICT, WITHOUT ROWID;

-- Closing a visit is giving it its seq; all that follows from it happens here, once.
CREATE TRIGGER visit_closed AFTER UPDATE OF seq ON visit WHEN old.seq IS NULL
BEGIN
	INSERT INTO outbox (kind, record) VALUES (1, new.n);

	INSERT INTO day_visit (day, outcome, reason, visits, first_seq, last_seq)
	VALUES (new.day, new.outcome, new.reason, 1, new.seq, new.seq)
	ON CONFLICT DO UPDATE SET visits = visits + 1, last_seq = excluded.last_seq;

	INSERT INTO day_answer (day, wording, value, answers)
	SELECT new.day, wording, coalesce(value, iif(words IS NULL, -1, 0)), 1
	FROM answer WHERE visit = new.n
	ON CONFLICT DO UPDATE SET answers = answers + 1;

	UPDATE question SET asked = new.seq * 8 + answer.place
	FROM answer JOIN wording ON wording.n = answer.wording
	WHERE answer.visit = new.n AND question.n = wording.question AND question.asked IS NULL;

	INSERT INTO card (card, seen_day, swipes)
	SELECT card, new.day, 1 FROM card_event
	WHERE visit = new.n AND card IS NOT NULL AND result IN ('accepted', 'replaced')
	ON CONFLICT DO UPDATE SET
		swipes = iif(excluded.seen_day > seen_day, 1,
			swipes + (excluded.seen_day = seen_day)),
		seen_day = max(seen_day, excluded.seen_day);

	UPDATE card SET answered_day = max(new.day, coalesce(answered_day, new.day))
	WHERE card = new.card AND new.outcome IN ('completed', 'partial');

	UPDATE card SET declined_day = max(new.day, coalesce(declined_day, new.day))
	WHERE card = new.card AND new.outcome = 'declined';

	INSERT INTO card_question (card, question, day)
	SELECT new.card, wording.question, new.day
	FROM answer JOIN wording ON wording.n = answer.wording
	WHERE answer.visit = new.n AND new.card IS NOT NULL
		AND (answer.value IS NOT NULL OR answer.words IS NOT NULL)
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
	INSERT INTO day_answer (day, wording, value, answers)
	SELECT day, new.wording, coalesce(new.value, iif(new.words IS NULL, -1, 0)), 1
	FROM visit WHERE n = new.visit
	ON CONFLICT DO UPDATE SET answers = answers + 1;

	UPDATE question SET asked = (SELECT seq FROM visit WHERE n = new.visit) * 8 + new.place
	WHERE n = (SELECT question FROM wording WHERE n = new.wording) AND asked IS NULL;

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
