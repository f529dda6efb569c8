-- The statements about what comes down from head office; as queries.sql.

-- name: published_get
SELECT scope, whose, version, body FROM published WHERE good = :good

-- name: published_clear
DELETE FROM published WHERE good = :good

-- name: published_put
INSERT INTO published (good, scope, whose, version, body)
VALUES (0, :scope, :whose, :version, :body)

-- name: published_flip
UPDATE published SET good = 1 WHERE good = 0

-- name: central_get
SELECT taken, refused, card_key, recent_since FROM from_central

-- name: central_unknown
UPDATE from_central SET refused = NULL

-- name: central_taken
UPDATE from_central SET taken = taken + 1, refused = NULL

-- name: central_refused
UPDATE from_central SET refused = :why
-- The counts of a period (store/census.h).  A text in the language asked for, else in another.

-- name: central_key
UPDATE from_central SET card_key = :key, recent_since = NULL

-- name: card_news
SELECT card.card, answered_day, declined_day FROM card_news JOIN card ON card.card = card_news.card
WHERE card_news.card > :after ORDER BY card_news.card LIMIT :limit

-- name: card_news_known
DELETE FROM card_news WHERE card = :card AND EXISTS (SELECT 1 FROM card
	WHERE card = :card AND answered_day IS :answered AND declined_day IS :declined)

-- name: card_news_clear
DELETE FROM card_news

-- name: recent_get
SELECT answered_day, declined_day FROM recent_card WHERE pseudonym = :pseudonym

-- name: recent_put
INSERT INTO recent_card (pseudonym, answered_day, declined_day)
VALUES (:pseudonym, :answered, :declined)
ON CONFLICT DO UPDATE SET answered_day = excluded.answered_day,
	declined_day = excluded.declined_day

-- name: recent_mark
UPDATE from_central SET recent_since = :since

-- name: recent_old
SELECT pseudonym FROM recent_card
WHERE max(coalesce(answered_day, 0), coalesce(declined_day, 0)) < :day LIMIT :limit

-- name: recent_drop
DELETE FROM recent_card WHERE pseudonym = :pseudonym
-- What the manager notes (store/notes.h).
