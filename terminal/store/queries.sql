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

-- name: queue_times_latest
SELECT held_out, milliseconds FROM queue_time ORDER BY n DESC LIMIT :most
