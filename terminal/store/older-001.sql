-- What a file of schema 1 lacks of what takeover reads: views in the reader's own temporary
-- schema, which stand before the tables of the file.  Nothing of the file is changed.
CREATE TEMP VIEW visit AS
SELECT *, 'customer' AS respondent,
	outcome IN ('completed', 'partial', 'declined', 'ignored')
		OR EXISTS (SELECT 1 FROM main.answer WHERE main.answer.visit = main.visit.n)
		AS offered
FROM main.visit;

CREATE TEMP VIEW queue_time AS
SELECT NULL AS n, NULL AS id, NULL AS day, NULL AS at, NULL AS at_offset, NULL AS held_out,
	NULL AS milliseconds
WHERE 0;

CREATE TEMP VIEW entry AS SELECT NULL AS day, NULL AS what, NULL AS value WHERE 0;

CREATE TEMP VIEW action AS
SELECT NULL AS n, NULL AS id, NULL AS day, NULL AS point, NULL AS text, NULL AS responsible
WHERE 0;
