-- Statements of the daily files, see queries.sql.

-- name: days_questions
SELECT question.name FROM question JOIN wording ON wording.question = question.n
WHERE wording.n IN (SELECT wording FROM day_answer WHERE day BETWEEN :from AND :to)
GROUP BY question.n ORDER BY question.asked

-- name: questions
SELECT name FROM question WHERE asked IS NOT NULL ORDER BY asked

-- name: days_count
SELECT min(first_seq), max(last_seq), coalesce(sum(visits), 0) FROM day_visit WHERE day BETWEEN :from AND :to

-- name: days_visits
SELECT n, seq, id, till, cashier, day, started, started_offset, ended, ended_offset, "trigger",
	language, card, card_mask, card_kind, receipt, sale_kind, tender, total, outcome, reason,
	milliseconds, doubtful, respondent
FROM visit WHERE seq BETWEEN :first_seq AND :last_seq AND day BETWEEN :from AND :to
ORDER BY seq

-- name: days_visits_brief
SELECT n, seq, id, day, language, outcome, reason
FROM visit WHERE seq BETWEEN :first_seq AND :last_seq AND day BETWEEN :from AND :to
ORDER BY seq

-- name: days_late_visits
SELECT n, seq, id, till, cashier, day, started, started_offset, ended, ended_offset, "trigger",
	language, card, card_mask, card_kind, receipt, sale_kind, tender, total, outcome, reason,
	milliseconds, doubtful, respondent
FROM visit WHERE seq <= :last_seq AND n IN (SELECT visit FROM late_answer
	WHERE day BETWEEN :from AND :to AND n > :after AND n <= :upto)
ORDER BY seq

-- name: days_late_visits_brief
SELECT n, seq, id, day, language, outcome, reason
FROM visit WHERE seq <= :last_seq AND n IN (SELECT visit FROM late_answer
	WHERE day BETWEEN :from AND :to AND n > :after AND n <= :upto)
ORDER BY seq

-- name: answers_from
SELECT visit, wording, place, at, value, words, at_offset, milliseconds, probability
FROM answer WHERE visit >= :visit ORDER BY visit, wording

-- name: answers_from_brief
SELECT visit, wording, place, at, value, words
FROM answer WHERE visit >= :visit ORDER BY visit, wording

-- name: late_any
SELECT 1 FROM late_answer LIMIT 1

-- name: late_of
SELECT n FROM late_answer WHERE visit = :visit AND wording = :wording

-- name: days_cards
SELECT card_event.id, visit.id, card_event.day, at, at_offset, reader, result, card_event.card,
	card_event.card_mask
FROM card_event LEFT JOIN visit ON visit.n = card_event.visit
WHERE card_event.day BETWEEN :from AND :to
	AND card_event.n <= :upto_card
	AND (card_event.visit IS NULL OR seq <= :upto_seq)
	AND NOT (card_event.n <= :after_card AND (card_event.visit IS NULL OR seq <= :after_seq))
ORDER BY card_event.day, card_event.n

-- name: days_cards_count
SELECT count(*) FROM card_event WHERE day BETWEEN :from AND :to

-- name: marks
SELECT coalesce((SELECT max(seq) FROM visit), 0), coalesce((SELECT max(n) FROM card_event), 0),
	coalesce((SELECT max(n) FROM late_answer), 0)

-- name: visit_open_of_day
SELECT 1 FROM visit WHERE seq IS NULL AND day <= :day LIMIT 1

-- name: export_day_get
SELECT store, till, excel, decimal_sign, language, published, generation, seal, previous,
	previous_day
FROM export_day WHERE day = :day

-- name: export_day_put
INSERT INTO export_day (day, store, till, excel, decimal_sign, language, published, generation,
	seal, previous, previous_day)
VALUES (:day, :store, :till, :excel, :decimal_sign, :language, 0, :generation, :seal, :previous,
	:previous_day)
ON CONFLICT DO UPDATE SET store = excluded.store, till = excluded.till, excel = excluded.excel,
	decimal_sign = excluded.decimal_sign, language = excluded.language, published = 0,
	generation = excluded.generation, seal = excluded.seal, previous = excluded.previous,
	previous_day = excluded.previous_day

-- name: export_day_published
UPDATE export_day SET published = 1 WHERE day = :day

-- name: export_sealed_before
SELECT day, seal FROM export_day WHERE day < :day AND seal IS NOT NULL ORDER BY day DESC LIMIT 1

-- name: export_parts
SELECT part, last_seq, last_card, last_late, questions FROM export_part WHERE day = :day
ORDER BY part

-- name: export_part_put
INSERT INTO export_part (day, part, last_seq, last_card, last_late, questions)
VALUES (:day, :part, :last_seq, :last_card, :last_late, :questions)
ON CONFLICT DO UPDATE SET last_seq = excluded.last_seq, last_card = excluded.last_card,
	last_late = excluded.last_late, questions = excluded.questions

-- name: export_files
SELECT part, what, format, rows, sha256, version, replaces, revision FROM export_file
WHERE day = :day ORDER BY part, what, format

-- name: export_file_put
INSERT INTO export_file (day, part, what, format, rows, sha256, version, replaces, revision)
VALUES (:day, :part, :what, :format, :rows, :sha256, :version, :replaces, :revision)
ON CONFLICT DO UPDATE SET rows = excluded.rows, sha256 = excluded.sha256,
	version = excluded.version, replaces = excluded.replaces, revision = excluded.revision

-- name: export_revisions
SELECT n, why, at, at_offset, content FROM export_revision WHERE day = :day ORDER BY n

-- name: export_revision_content
UPDATE export_revision SET content = :content WHERE n = :n

-- name: export_unfinished
SELECT day FROM export_day WHERE published = 0
UNION
SELECT export_revision.day FROM export_revision JOIN export_day USING (day)
WHERE content IS NULL AND seal IS NOT NULL
UNION
SELECT day FROM export_day AS d JOIN (
	SELECT day, max(last_seq) AS seq, max(last_card) AS card, max(last_late) AS late
	FROM export_part GROUP BY day) AS p USING (day)
WHERE seal IS NOT NULL AND (
	(SELECT max(last_seq) FROM day_visit WHERE day_visit.day = d.day) > seq
	OR (SELECT max(n) FROM card_event WHERE card_event.day = d.day) > card
	OR (SELECT max(n) FROM late_answer WHERE late_answer.day = d.day) > late)
ORDER BY 1

-- name: export_unsealed
WITH RECURSIVE card_day (day) AS (
	SELECT min(day) FROM card_event
	UNION ALL
	SELECT (SELECT min(day) FROM card_event WHERE card_event.day > card_day.day)
	FROM card_day WHERE day IS NOT NULL)
SELECT day FROM (SELECT day FROM day_visit UNION SELECT day FROM card_day WHERE day IS NOT NULL)
WHERE day < :before AND day NOT IN (SELECT day FROM export_day WHERE seal IS NOT NULL)
	AND day NOT IN (SELECT day FROM purged_day)
ORDER BY day

-- name: purged
SELECT day FROM purged_day WHERE day BETWEEN :from AND :to LIMIT 1

-- name: tills_n
SELECT store, till, currency, n FROM till
