#include "store/reader_counts.h"

#include <math.h>
#include <string.h>

#include "store/database.h"

#define SWIPES_LEAST 20
#define SHARE_USUAL  0.02
#define Z            1.959964

static void take_row(struct reader_counts *out, const char *result, uint32_t n,
		     uint32_t retries)
{
	static const char prefix[] = "error ";

	out->retries += retries;
	if (strncmp(result, prefix, strlen(prefix)) != 0) {
		out->good_reads += n;
		return;
	}
	out->failed += n;
	for (unsigned i = 0; i < CARD_ERRORS; i++) {
		if (strcmp(result + strlen(prefix),
			   card_error_name((enum card_error)i)) == 0)
			out->failed_reads[i] += n;
	}
}

static bool count(struct database *d, const char *name, int32_t since,
		  struct reader_counts *out)
{
	sqlite3_stmt *s = database_query(d, QUERY_reader_counts);
	struct binding b = {s, 0};

	bind_int(&b, READER_RETRY_MS);
	bind_always(&b, name);
	bind_int(&b, since);
	while (s != NULL && sqlite3_step(s) == SQLITE_ROW)
		take_row(out, (const char *)sqlite3_column_text(s, 0),
			 (uint32_t)sqlite3_column_int64(s, 1),
			 (uint32_t)sqlite3_column_int64(s, 2));
	return s != NULL && database_end(d, s) == SQLITE_OK;
}

bool reader_counts_of(const char *path, const char *name, int32_t since,
		      struct reader_counts *out)
{
	struct database d;
	bool counted;

	*out = (struct reader_counts){0};
	if (database_open(&d, path, DATABASE_READ, NULL) != SQLITE_OK)
		return false;
	counted = count(&d, name, since, out);
	database_close(&d);
	return counted;
}

bool reader_counts_bad(const struct reader_counts *counts)
{
	double n = counts->good_reads + counts->failed;
	double share = n > 0 ? counts->failed / n : 0;
	double middle = share + Z * Z / (2 * n);
	double half = Z * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n));

	return n >= SWIPES_LEAST && (middle - half) / (1 + Z * Z / n) > SHARE_USUAL;
}
