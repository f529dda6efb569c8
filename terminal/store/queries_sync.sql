-- Statements of sending, see queries.sql.

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

-- name: outbox_since_newest
SELECT max(coalesce((SELECT max(n) FROM visit), 0), coalesce((SELECT max(n) FROM card_event), 0),
	coalesce((SELECT max(n) FROM queue_time), 0))

-- name: outbox_since_visits
INSERT INTO outbox (kind, record) SELECT 1, n FROM visit
WHERE n BETWEEN :first AND :last AND day >= :day AND seq IS NOT NULL
ON CONFLICT DO NOTHING

-- name: outbox_since_cards
INSERT INTO outbox (kind, record) SELECT 2, n FROM card_event
WHERE n BETWEEN :first AND :last AND day >= :day AND visit IS NULL
ON CONFLICT DO NOTHING

-- name: outbox_since_queue_times
INSERT INTO outbox (kind, record) SELECT 3, n FROM queue_time
WHERE n BETWEEN :first AND :last AND day >= :day
ON CONFLICT DO NOTHING

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
