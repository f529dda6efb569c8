-- Statements of figures, of the manager's pages and of what the manager enters, see queries.sql.

-- name: day_visits
SELECT respondent, outcome, reason, sum(visits) FROM day_visit WHERE day = :day
GROUP BY respondent, outcome, reason

-- name: day_rates
SELECT sum(sale), sum(sale AND offered), sum(asked), sum(asked AND answered), sum(told)
FROM (SELECT offered, outcome IN ('completed', 'partial') AS answered,
		"trigger" = 'sale' AS told,
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

-- name: entry_put
INSERT INTO entry (day, what, value) VALUES (:day, :what, :value)
ON CONFLICT DO UPDATE SET value = excluded.value

-- name: entry_remove
DELETE FROM entry WHERE day = :day AND what = :what

-- name: action_remove
DELETE FROM action WHERE n = :n

-- name: notes_entries
SELECT day, what, value FROM entry WHERE day BETWEEN :from AND :to ORDER BY day, what
