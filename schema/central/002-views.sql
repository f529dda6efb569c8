-- What dashboards read.  Every rate stands with its interval (95 %) and its n; kinds of question
-- are never pooled (figures: README, "Figures").

CREATE VIEW tillask.nps_by_day AS
SELECT store, day, question, kind, point, n, promoters, critics,
	round(100.0 * (promoters - critics) / n, 1) AS nps,
	round(greatest(-100, 100 * (t - half))::numeric, 1) AS low,
	round(least(100, 100 * (t + half))::numeric, 1) AS high
FROM (
	SELECT store, day, question, kind, max(point) AS point, count(*) AS n,
		count(*) FILTER (WHERE value >= 9) AS promoters,
		count(*) FILTER (WHERE value <= 6) AS critics
	FROM tillask.answer
	WHERE kind IN ('nps10', 'nps11') AND value IS NOT NULL AND NOT training
		AND respondent = 'customer'
	GROUP BY store, day, question, kind
) counted,
LATERAL (SELECT (promoters + 0.75)::float / (n + 3) AS p, (critics + 0.75)::float / (n + 3) AS d) adjusted,
LATERAL (SELECT p - d AS t, 1.959964 * sqrt((p + d - (p - d) * (p - d)) / (n + 3)) AS half) wald;

-- Over the visits that the till opened; sales without it are unknown.
CREATE VIEW tillask.response_rate_by_day AS
SELECT store, day, sales, offered, round(100.0 * offered / nullif(sales, 0), 1) AS offer_rate,
	n, answered, round(100.0 * answered / nullif(n, 0), 1) AS rate,
	round(greatest(0, 100 * (middle - half))::numeric, 1) AS low,
	round(least(100, 100 * (middle + half))::numeric, 1) AS high
FROM (
	SELECT store, day, count(*) AS sales,
		count(*) FILTER (WHERE offered) AS offered,
		count(*) FILTER (WHERE outcome IN ('completed', 'partial', 'declined', 'ignored')
			OR outcome = 'interrupted' AND offered) AS n,
		count(*) FILTER (WHERE outcome IN ('completed', 'partial')) AS answered
	FROM tillask.visit
	WHERE trigger = 'sale' AND respondent = 'customer'
	GROUP BY store, day
) counted,
LATERAL (SELECT answered::float / nullif(n, 0) AS p, 1.959964 * 1.959964 AS z2) share,
LATERAL (SELECT (p + z2 / (2 * n)) / (1 + z2 / n) AS middle,
	1.959964 * sqrt(p * (1 - p) / n + z2 / (4.0 * n * n)) / (1 + z2 / n) AS half
	WHERE n > 0 UNION ALL SELECT NULL, NULL WHERE n = 0) wilson;

-- Low answers and complaints of the last 14 days: somebody is to be called.
CREATE VIEW tillask.alerts_open AS
SELECT store, till, visit, day, at, question, kind, value, label, v.card, v.receipt, v.language
FROM tillask.answer a JOIN tillask.visit v USING (store, till, visit, day)
WHERE low AND NOT training AND a.respondent = 'customer' AND at > now() - interval '14 days'
UNION ALL
SELECT store, till, visit, day, ended, NULL, 'complaint', NULL, reason, card, receipt, language
FROM tillask.visit
WHERE outcome = 'complaint' AND ended > now() - interval '14 days';

-- The newest sign of life of each till: a dead till has none, a quiet one has no visits.
CREATE VIEW tillask.till_health AS
SELECT store, till, generation,
	CASE WHEN received_at > now() - interval '30 minutes' THEN 'ok'
		WHEN received_at > now() - interval '1 day' THEN 'late' ELSE 'silent' END AS state,
	received_at AS heard_at, last_visit, waiting, oldest, set_aside, at - received_at AS clock_ahead,
	version
FROM (
	SELECT DISTINCT ON (store, till) * FROM tillask.heartbeat
	ORDER BY store, till, received_at DESC
) newest
LEFT JOIN LATERAL (
	SELECT ended AS last_visit FROM tillask.visit v
	WHERE v.store = newest.store AND v.till = newest.till
		AND v.generation = newest.generation
	ORDER BY seq DESC LIMIT 1
) last ON true;

-- What head office cannot count on, one row a finding; empty when all is well.
CREATE VIEW tillask.integrity AS
WITH arrived AS (
	SELECT store, till, generation, seq, visit FROM tillask.visit
	UNION ALL
	SELECT store, till, generation, seq, id FROM tillask.conflict WHERE fact = 'visit'
), spaced AS (
	SELECT store, till, generation, seq,
		lag(seq, 1, 0::bigint) OVER (PARTITION BY generation ORDER BY seq) AS before
	FROM arrived
)
SELECT 'gap' AS problem, store, till, generation, before + 1 AS first_seq, seq - 1 AS last_seq,
	seq - before - 1 AS rows, 'visits that have not arrived' AS said
FROM spaced WHERE seq > before + 1
UNION ALL
SELECT 'clone', min(store), min(till), generation, seq, seq, count(DISTINCT visit),
	'two databases of one generation: a copied disk or a restored backup'
FROM arrived GROUP BY generation, seq HAVING count(DISTINCT visit) > 1
UNION ALL
SELECT 'conflict', store, till, generation, min(seq), max(seq), count(*),
	fact || ' that came again with other values (tillask.conflict)'
FROM tillask.conflict WHERE NOT moved GROUP BY store, till, generation, fact
UNION ALL
SELECT 'late', store, till, generation, NULL, NULL, NULL,
	'not heard since ' || to_char(heard_at, 'YYYY-MM-DD HH24:MI TZ')
FROM tillask.till_health WHERE state = 'silent'
UNION ALL
SELECT 'clock', store, till, generation, NULL, NULL, NULL,
	'its clock is ' || to_char(abs(extract(epoch FROM clock_ahead)), 'FM999999999990') || ' s '
		|| CASE WHEN clock_ahead > interval '0' THEN 'ahead' ELSE 'behind' END
FROM tillask.till_health WHERE abs(extract(epoch FROM clock_ahead)) > 120
UNION ALL
SELECT 'future', store, till, generation, min(seq), max(seq), count(*),
	'visits of a time that had not come when they arrived'
FROM tillask.visit WHERE started > received_at + interval '1 day' GROUP BY store, till, generation
UNION ALL
SELECT 'set aside', store, till, generation, NULL, NULL, set_aside,
	'records that this server refused; on the till: tillask sync --status'
FROM tillask.till_health WHERE set_aside > 0;

GRANT SELECT ON tillask.nps_by_day, tillask.response_rate_by_day, tillask.alerts_open,
	tillask.till_health, tillask.integrity TO tillask_reader, tillask_admin;

INSERT INTO tillask.version (version, oldest_sender) VALUES (2, 1);
