-- Statements of takeover: those that read also read older files (older-NNN.sql), see queries.sql.

-- name: tills
SELECT store, till, currency FROM till

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

-- name: queue_time_last
SELECT max(n) FROM queue_time

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
