-- The daily files (README, "Files"): what was made of each business day, and what a sealed
-- day keeps, so that its files come out the same when they are made again.

-- An answer that came for a visit that was closed already (recover), in the order of coming.
CREATE TABLE late_answer (
	n INTEGER PRIMARY KEY AUTOINCREMENT,
	visit INTEGER NOT NULL REFERENCES visit (n),
	wording INTEGER NOT NULL REFERENCES wording (n),
	day INTEGER NOT NULL,
	UNIQUE (visit, wording)
) STRICT;
CREATE INDEX late_answer_day ON late_answer (day);

-- A day of which there are files in the [export] folder.  store, till: of their names; excel,
-- decimal_sign, language: how they were made; published 0: files or manifest may not be in the
-- folder yet.  seal: SHA-256 over the plain CSVs of its three tables, NULL: the day is open;
-- previous: that of previous_day, the sealed day before it.  generation: of the database whose
-- rows they are; not this one's after a damaged database was set aside.
CREATE TABLE export_day (
	day INTEGER PRIMARY KEY,
	store TEXT NOT NULL,
	till TEXT NOT NULL,
	excel INTEGER NOT NULL,
	decimal_sign TEXT NOT NULL,
	language TEXT NOT NULL,
	published INTEGER NOT NULL,
	generation BLOB NOT NULL CHECK (length(generation) = 16),
	seal BLOB CHECK (length(seal) = 32),
	previous BLOB CHECK (length(previous) = 32),
	previous_day INTEGER
) STRICT;
CREATE INDEX export_day_unpublished ON export_day (day) WHERE published = 0;

-- Part 1 is what was sealed, or all so far; 2, 3, ...: rows found later.  A part holds the rows
-- up to these three counts that no earlier part holds.  questions: its columns, a line each.
CREATE TABLE export_part (
	day INTEGER NOT NULL REFERENCES export_day (day),
	part INTEGER NOT NULL CHECK (part >= 1),
	last_seq INTEGER NOT NULL,
	last_card INTEGER NOT NULL,
	last_late INTEGER NOT NULL,
	questions TEXT NOT NULL,
	PRIMARY KEY (day, part)
) STRICT, WITHOUT ROWID;

-- version: of the program that made it.  replaces, revision: the hash that it had before
-- export_revision.n.
CREATE TABLE export_file (
	day INTEGER NOT NULL REFERENCES export_day (day),
	part INTEGER NOT NULL,
	what TEXT NOT NULL,
	format TEXT NOT NULL,
	rows INTEGER NOT NULL,
	sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
	version TEXT NOT NULL,
	replaces BLOB CHECK (length(replaces) = 32),
	revision INTEGER REFERENCES export_revision (n),
	PRIMARY KEY (day, part, what, format)
) STRICT, WITHOUT ROWID;

-- Rows of a sealed day were changed, and why.  Whoever changes them adds the row, in the same
-- transaction; content, the hash over what the seal is over, is NULL until the files are made.
CREATE TABLE export_revision (
	n INTEGER PRIMARY KEY,
	day INTEGER NOT NULL,
	why TEXT NOT NULL,
	at INTEGER NOT NULL,
	at_offset INTEGER NOT NULL,
	content BLOB CHECK (length(content) = 32)
) STRICT;
CREATE INDEX export_revision_day ON export_revision (day);

-- A day whose rows were deleted when their time was over: no file is made of it again.
CREATE TABLE purged_day (
	day INTEGER PRIMARY KEY,
	at INTEGER NOT NULL
) STRICT;

CREATE TRIGGER answer_late_kept AFTER INSERT ON answer
WHEN (SELECT seq FROM visit WHERE n = new.visit) IS NOT NULL
BEGIN
	INSERT INTO late_answer (visit, wording, day)
	SELECT n, new.wording, day FROM visit WHERE n = new.visit;
END;
