-- Every statement of the store, named; store/database.h lists the names.  Parameters are
-- bound in the order in which they first appear, or as numbered.

-- name: begin
BEGIN IMMEDIATE

-- name: begin_read
BEGIN

-- name: commit
COMMIT

-- name: rollback
ROLLBACK

-- name: cheap_check
SELECT (SELECT max(n) FROM visit), (SELECT max(seq) FROM visit), (SELECT max(id) FROM visit),
	(SELECT visit FROM answer ORDER BY visit DESC LIMIT 1), (SELECT max(n) FROM card_event),
	(SELECT max(day) FROM card_event), (SELECT max(day) FROM day_visit),
	(SELECT max(day) FROM day_answer), (SELECT record FROM outbox LIMIT 1),
	(SELECT max(n) FROM wording), (SELECT max(language) FROM wording_text),
	(SELECT max(n) FROM queue_time), (SELECT max(day) FROM entry), (SELECT max(n) FROM action)

-- name: meta_put
INSERT INTO meta (one, generation, secret, till) VALUES (1, :generation, :secret, :till)

-- name: meta_get
SELECT generation, secret, store, till.till, currency
FROM meta JOIN till ON till.n = meta.till

-- name: meta_till
UPDATE meta SET till = :till WHERE till <> :till

-- name: till_put
INSERT INTO till (store, till, currency) VALUES (:store, :till, :currency)
ON CONFLICT DO NOTHING

-- name: till_get
SELECT n FROM till WHERE store = :store AND till = :till AND currency = :currency

-- name: newest
SELECT max(at) FROM (
	SELECT * FROM (SELECT ended AS at FROM visit ORDER BY n DESC LIMIT 1)
	UNION ALL
	SELECT * FROM (SELECT at FROM card_event ORDER BY n DESC LIMIT 1))

-- name: question_put
INSERT INTO question (name) VALUES (:name) ON CONFLICT DO NOTHING

-- name: wording_get
SELECT n FROM wording WHERE hash = :hash

-- name: wording_put
INSERT INTO wording (hash, kind, point, low_choices, question)
SELECT :hash, :kind, :point, :low_choices, n FROM question WHERE name = :name
ON CONFLICT DO NOTHING

-- name: wording_text_put
INSERT INTO wording_text (wording, language, text, low, high)
VALUES (:wording, :language, :text, :low, :high)

-- name: wording_choice_put
INSERT INTO wording_choice (wording, language, choice, text)
VALUES (:wording, :language, :choice, :text)

-- name: visit_put
INSERT INTO visit (id, till, day, "trigger", language, started, started_offset, ended,
	ended_offset, milliseconds, doubtful, card, card_mask, card_kind, receipt, cashier,
	sale_kind, tender, total, outcome, reason, respondent, offered)
VALUES (:id, :till, :day, :trigger, :language, :started, :started_offset, :ended,
	:ended_offset, :milliseconds, :doubtful, :card, :card_mask, :card_kind, :receipt, :cashier,
	:sale_kind, :tender, :total, :outcome, :reason, :respondent, :offered)
ON CONFLICT (id) DO UPDATE SET day = excluded.day, language = excluded.language,
	ended = excluded.ended, ended_offset = excluded.ended_offset,
	milliseconds = excluded.milliseconds, doubtful = excluded.doubtful, card = excluded.card,
	card_mask = excluded.card_mask, card_kind = excluded.card_kind,
	receipt = excluded.receipt, cashier = excluded.cashier, sale_kind = excluded.sale_kind,
	tender = excluded.tender, total = excluded.total, outcome = excluded.outcome,
	reason = excluded.reason, offered = excluded.offered
WHERE seq IS NULL

-- name: visit_find
SELECT n, seq FROM visit WHERE id = :id

-- name: visit_close
UPDATE visit SET seq = (SELECT coalesce(max(seq), 0) + 1 FROM visit)
WHERE id = :id AND seq IS NULL

-- name: visit_open_ids
SELECT id FROM visit WHERE seq IS NULL ORDER BY n

-- name: answer_put
INSERT INTO answer (visit, wording, at, at_offset, milliseconds, place, probability, value,
	words)
VALUES (:visit, :wording, :at, :at_offset, :milliseconds, :place, :probability, :value, :words)
ON CONFLICT DO UPDATE SET at = excluded.at, at_offset = excluded.at_offset,
	milliseconds = excluded.milliseconds, place = excluded.place, value = excluded.value,
	words = excluded.words

-- name: card_event_put
INSERT INTO card_event (id, visit, day, at, at_offset, reader, result, card, card_mask,
	card_kind)
VALUES (:id, :visit, coalesce((SELECT day FROM visit WHERE n = :visit), :day), :at, :at_offset,
	:reader, :result, :card, :card_mask, :card_kind)
ON CONFLICT DO NOTHING

-- name: card_facts
SELECT seen_day, swipes, answered_day, declined_day FROM card WHERE card = :card

-- name: card_question_facts
SELECT question.name, card_question.day
FROM card_question JOIN question ON question.n = card_question.question
WHERE card = :card

-- name: backlog
SELECT count(*) FROM outbox

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

-- name: tills
SELECT store, till, currency FROM till

-- name: tills_n
SELECT store, till, currency, n FROM till

-- name: wordings
SELECT n, name, hash, kind, point, low_choices
FROM (SELECT wording.*, name FROM wording JOIN question ON question.n = wording.question)
ORDER BY n

-- name: wording_texts
SELECT language, text, low, high FROM wording_text WHERE wording = :wording

-- name: wording_choices
SELECT language, choice, text FROM wording_choice WHERE wording = :wording

-- name: visit_last
SELECT max(n) FROM visit

-- name: visit_last_answered
SELECT max(visit) FROM answer

-- name: outbox_last
SELECT max(record) FROM outbox WHERE kind = :kind

-- name: visit_read
SELECT id, store, till.till, currency, day, "trigger", language, started, started_offset, ended,
	ended_offset, milliseconds, doubtful, card, card_mask, card_kind, receipt, cashier,
	sale_kind, tender, total, outcome, reason, respondent, offered
FROM visit JOIN till ON till.n = visit.till WHERE visit.n = :n

-- name: visit_take
INSERT INTO visit (id, till, day, "trigger", language, started, started_offset, ended,
	ended_offset, milliseconds, doubtful, card, card_mask, card_kind, receipt, cashier,
	sale_kind, tender, total, outcome, reason, respondent, offered)
SELECT ?1, n, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21,
	?22, ?23, ?24, ?25
FROM till WHERE store = ?2 AND till = ?3 AND currency = ?4
ON CONFLICT DO NOTHING

-- name: answers_read
SELECT hash, at, at_offset, milliseconds, place, probability, value, words
FROM answer JOIN wording ON wording.n = answer.wording WHERE visit = :visit ORDER BY place

-- name: answer_take
INSERT INTO answer (visit, wording, at, at_offset, milliseconds, place, probability, value,
	words)
SELECT visit.n, wording.n, ?3, ?4, ?5, ?6, ?7, ?8, ?9
FROM visit JOIN wording ON hash = ?2 WHERE id = ?1
ON CONFLICT DO NOTHING

-- name: card_event_last
SELECT max(n) FROM card_event

-- name: card_events_of_visit
SELECT n FROM card_event WHERE visit = :visit ORDER BY n

-- name: card_event_read
SELECT card_event.id, visit.id, card_event.day, at, at_offset, reader, result, card_event.card,
	card_event.card_mask, card_event.card_kind
FROM card_event LEFT JOIN visit ON visit.n = card_event.visit WHERE card_event.n = :n

-- name: card_event_take
INSERT INTO card_event (id, visit, day, at, at_offset, reader, result, card, card_mask,
	card_kind)
VALUES (:id, (SELECT n FROM visit WHERE id = :visit), :day, :at, :at_offset, :reader, :result,
	:card, :card_mask, :card_kind)
ON CONFLICT DO NOTHING

-- name: reader_counts
SELECT result, count(*), sum(again) FROM (
	SELECT result, coalesce(lag(result) OVER w LIKE 'error %'
		AND at - lag(at) OVER w BETWEEN 0 AND :within, 0) AS again
	FROM card_event WHERE reader = :reader AND day >= :since WINDOW w AS (ORDER BY n))
GROUP BY result

-- name: queue_time_put
INSERT INTO queue_time (id, day, at, at_offset, held_out, milliseconds)
VALUES (:id, :day, :at, :at_offset, :held_out, :milliseconds)
ON CONFLICT DO NOTHING

-- name: queue_time_last
SELECT max(n) FROM queue_time

-- name: queue_times_latest
SELECT held_out, milliseconds FROM queue_time ORDER BY n DESC LIMIT :most

-- name: queue_time_read
SELECT id, day, at, at_offset, held_out, milliseconds FROM queue_time WHERE n = :n

-- name: entries
SELECT day, what, value FROM entry

-- name: entry_take
INSERT INTO entry (day, what, value) VALUES (:day, :what, :value) ON CONFLICT DO NOTHING

-- name: actions
SELECT id, day, point, text, responsible FROM action ORDER BY n

-- name: action_take
INSERT INTO action (id, day, point, text, responsible)
VALUES (:id, :day, :point, :text, :responsible)
ON CONFLICT DO NOTHING

-- name: day_visits
SELECT respondent, outcome, reason, sum(visits) FROM day_visit WHERE day = :day
GROUP BY respondent, outcome, reason

-- name: day_rates
SELECT sum(sale), sum(sale AND offered), sum(asked), sum(asked AND answered)
FROM (SELECT offered, outcome IN ('completed', 'partial') AS answered,
		("trigger" = 'sale' OR coalesce(sale_kind, '') = 'sale')
			AND coalesce(sale_kind, '') NOT IN ('return', 'void')
			AND reason <> 'return' AS sale,
		"trigger" = 'sale' AND outcome <> 'not_asked'
			AND (outcome <> 'interrupted' OR offered) AS asked
	FROM visit
	WHERE seq BETWEEN :first_seq AND :last_seq AND day = :day
		AND respondent = 'customer' AND outcome <> 'complaint' AND reason <> 'training')

-- name: day_hours
SELECT (started / 1000 + started_offset) / 3600 % 24, sum(offered),
	sum(outcome IN ('completed', 'partial'))
FROM visit
WHERE seq BETWEEN :first_seq AND :last_seq AND day = :day AND respondent = 'customer'
	AND outcome <> 'complaint'
GROUP BY 1

-- name: day_wordings
SELECT wording.n, kind, low_choices,
	coalesce((SELECT max(choice) FROM wording_choice WHERE wording = wording.n), 0)
FROM wording JOIN question ON question.n = wording.question
WHERE wording.n IN (SELECT wording FROM day_answer WHERE day = :day)
ORDER BY question.asked, wording.n

-- name: day_answers
SELECT respondent, value, answers FROM day_answer WHERE day = :day AND wording = :wording

-- name: queue_times
SELECT held_out, milliseconds FROM queue_time WHERE day BETWEEN :from AND :to

-- name: seq_last
SELECT coalesce(max(seq), 0) FROM visit
-- The columns of these are those of the server's tables, by name.

-- name: outbox_visits
SELECT till.store, till.till, generation, seq, id AS visit, cashier, day, started, started_offset,
	ended, ended_offset, "trigger", language, card_mask AS card, card AS card_key, card_kind,
	receipt, nullif(sale_kind, '') AS sale_kind, nullif(tender, '') AS tender, total,
	iif(total IS NULL, NULL, currency) AS currency, outcome, nullif(reason, '') AS reason,
	milliseconds AS seconds, iif(doubtful, 'doubtful', 'ok') AS clock, respondent, offered
FROM outbox JOIN visit ON visit.n = record JOIN till ON till.n = visit.till CROSS JOIN meta
WHERE kind = 1 AND record BETWEEN :first AND :last

-- name: outbox_answers
SELECT till.store, till.till, generation, seq, visit.id AS visit, respondent,
	outcome = 'not_asked' AND reason = 'training' AS training, day, at, at_offset, question.name AS question, nullif(point, '') AS point,
	replace(text, char(10), ' ') AS wording, hash AS wording_id, wording.kind, value,
	CASE wording.kind WHEN 'yesno' THEN iif(value IS NULL, NULL, iif(value, 'yes', 'no'))
		WHEN 'choice' THEN (SELECT text FROM wording_choice
			WHERE wording_choice.wording = answer.wording AND language = visit.language
				AND choice = value)
		ELSE words END AS label,
	low_choices AS low, answer.milliseconds, place, probability
FROM outbox JOIN visit ON visit.n = record JOIN till ON till.n = visit.till CROSS JOIN meta
	JOIN answer ON answer.visit = record JOIN wording ON wording.n = answer.wording
	JOIN question ON question.n = wording.question
	LEFT JOIN wording_text ON wording_text.wording = answer.wording
		AND wording_text.language = visit.language
WHERE outbox.kind = 1 AND record BETWEEN :first AND :last

-- name: outbox_visit_cards
SELECT till.store, till.till, generation, card_event.id AS event, visit.id AS visit, card_event.day,
	at, at_offset, reader, result, card_event.card_mask AS card, card_event.card AS card_key,
	card_event.card_kind
FROM outbox JOIN visit ON visit.n = record JOIN till ON till.n = visit.till CROSS JOIN meta
	JOIN card_event ON card_event.visit = record
WHERE kind = 1 AND record BETWEEN :first AND :last

-- name: outbox_cards
SELECT till.store, till.till, generation, id AS event, NULL AS visit, day, at, at_offset, reader,
	result, card_mask AS card, card AS card_key, card_kind
FROM outbox JOIN card_event ON card_event.n = record CROSS JOIN meta JOIN till ON till.n = meta.till
WHERE kind = 2 AND record BETWEEN :first AND :last

-- name: outbox_queue_times
SELECT till.store, till.till, generation, id AS queue_time, day, at, at_offset, held_out,
	milliseconds
FROM outbox JOIN queue_time ON queue_time.n = record CROSS JOIN meta
	JOIN till ON till.n = meta.till
WHERE kind = 3 AND record BETWEEN :first AND :last

-- name: outbox_next
SELECT kind, record, changes FROM outbox WHERE (kind, record) > (:kind, :record)
ORDER BY kind, record LIMIT :limit

-- name: outbox_acknowledge
DELETE FROM outbox WHERE kind = :kind AND record = :record AND changes = :changes

-- name: outbox_oldest
SELECT min(at) FROM (
	SELECT min(started) AS at FROM visit
	WHERE n = (SELECT record FROM outbox WHERE kind = 1 ORDER BY record LIMIT 1)
	UNION ALL
	SELECT min(at) FROM card_event
	WHERE n = (SELECT record FROM outbox WHERE kind = 2 ORDER BY record LIMIT 1)
	UNION ALL
	SELECT min(at) FROM queue_time
	WHERE n = (SELECT record FROM outbox WHERE kind = 3 ORDER BY record LIMIT 1))

-- name: outbox_last_seq
SELECT coalesce(max(seq), 0) FROM visit

-- name: refused_put
INSERT INTO refused (kind, record, at, reason) VALUES (:kind, :record, :at, :reason)
ON CONFLICT DO UPDATE SET at = excluded.at, reason = excluded.reason

-- name: refused_drop
DELETE FROM refused WHERE kind = :kind AND record = :record

-- name: refused_count
SELECT count(*), (SELECT reason FROM refused ORDER BY at DESC LIMIT 1) FROM refused

-- name: refused_again
INSERT INTO outbox (kind, record) SELECT kind, record FROM refused WHERE true
ON CONFLICT DO NOTHING

-- name: refused_clear
DELETE FROM refused

-- name: sync_state_get
SELECT succeeded, failed, error, failures, not_before FROM sync_state

-- name: sync_state_succeeded
UPDATE sync_state SET succeeded = :now, failed = NULL, error = NULL, failures = 0,
	not_before = NULL

-- name: sync_state_failed
UPDATE sync_state SET failed = :now, error = :error, failures = failures + 1,
	not_before = :not_before
-- The counts of a period (store/census.h).  A text in the language asked for, else in another.

-- name: census_wordings
SELECT wording.n, name, point, kind, low_choices, coalesce(asked, 0), (SELECT text
	FROM wording_text WHERE wording_text.wording = wording.n
	ORDER BY language <> :language, language)
FROM wording JOIN question ON question.n = wording.question ORDER BY wording.n

-- name: census_choices
SELECT text FROM wording_choice WHERE wording = :wording AND language = (SELECT language
	FROM wording_choice WHERE wording = :wording
	ORDER BY language <> :language, language LIMIT 1)
ORDER BY choice

-- name: census_rolled_up
SELECT day, respondent, wording, value, answers FROM day_answer WHERE day BETWEEN :from AND :to

-- Visits opened by the till: all, and of customers those that were asked, and answered.

-- name: census_till
SELECT coalesce(sum(visits), 0),
	coalesce(sum(iif(respondent = 'customer' AND (outcome IN ('completed', 'partial',
		'declined', 'ignored') OR outcome = 'interrupted' AND offered), visits, 0)), 0),
	coalesce(sum(iif(respondent = 'customer' AND outcome IN ('completed', 'partial'),
		visits, 0)), 0)
FROM day_visit WHERE day BETWEEN :from AND :to AND "trigger" = 'sale'

-- name: census_span
SELECT coalesce(min(n), 0), coalesce(max(n), -1) FROM visit WHERE seq BETWEEN :first AND :last

-- name: census_visits
SELECT n, day, started, started_offset, milliseconds, "trigger", language, cashier, card,
	card_kind, sale_kind, total, outcome, reason, respondent, offered
FROM visit
WHERE n BETWEEN :first AND :last AND seq IS NOT NULL AND day BETWEEN :from AND :to
ORDER BY n

-- name: census_answers
SELECT visit, wording, milliseconds, place, value, words IS NOT NULL, probability FROM answer
WHERE visit BETWEEN :first AND :last ORDER BY visit

-- name: census_swipes
SELECT card, day FROM card_event WHERE day BETWEEN :from AND :to
	AND result IN ('accepted', 'replaced') AND card IS NOT NULL
	AND coalesce(card_kind, '') <> 'staff'
	AND EXISTS (SELECT 1 FROM visit WHERE visit.n = card_event.visit AND seq IS NOT NULL
		AND NOT (outcome = 'not_asked' AND reason = 'training'))

-- name: census_cards
SELECT card, first_day FROM card
WHERE NOT EXISTS (SELECT 1 FROM card_event
	WHERE card_event.card = card.card AND card_kind = 'staff')

-- name: census_lifetime
SELECT card, sale_kind, total FROM visit
WHERE card IS NOT NULL AND total IS NOT NULL AND day <= :to AND seq IS NOT NULL
	AND respondent = 'customer' AND coalesce(card_kind, '') <> 'staff'
	AND NOT (outcome = 'not_asked' AND reason = 'training') AND outcome <> 'complaint'

-- name: census_queue
SELECT held_out, milliseconds FROM queue_time WHERE day BETWEEN :from AND :to

-- name: census_entries
SELECT what, sum(value) FROM entry WHERE day BETWEEN :from AND :to GROUP BY what

-- name: census_actions
SELECT n, day, point, text, responsible FROM action WHERE day BETWEEN :from AND :to
ORDER BY day, n

-- name: census_sleeping
SELECT card, seen_day FROM card
WHERE seen_day <= :day AND NOT EXISTS (SELECT 1 FROM card_event
	WHERE card_event.card = card.card AND card_kind = 'staff')
ORDER BY seen_day, card

-- What the manager notes (store/notes.h).

-- name: entry_put
INSERT INTO entry (day, what, value) VALUES (:day, :what, :value)
ON CONFLICT DO UPDATE SET value = excluded.value

-- name: entry_remove
DELETE FROM entry WHERE day = :day AND what = :what

-- name: action_remove
DELETE FROM action WHERE n = :n

-- name: notes_entries
SELECT day, what, value FROM entry WHERE day BETWEEN :from AND :to ORDER BY day, what
