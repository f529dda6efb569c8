/* summary.h - the first sheet of a day's workbook: what came of the visits, by hour, by question,
 * each with a chart.  Counts only: shares and scores are figures, and stand in `tillask report`.
 *
 * Customers count, not staff or mystery shoppers, nor training.  Answers to one question of
 * different kinds (it was rescaled) stand apart.  Headings and choices are in the language given.
 */
#ifndef TILLASK_EXPORT_SUMMARY_H
#define TILLASK_EXPORT_SUMMARY_H

#include "export/xlsx.h"
#include "store/archive.h"

struct summary;

/* LANGUAGE and ARCHIVE are borrowed for the summary's life. */
struct summary *summary_new(struct archive *archive, const char *language);
void summary_free(struct summary *s);

void summary_add(struct summary *s, const struct archive_visit *visit);

/* Makes the sheet: before that of any table, so that it stands first. */
void summary_begin(struct summary *s, struct xlsx *x);
/* Fills it. */
void summary_write(struct summary *s, const char *store, const char *till, int32_t from,
		   int32_t to);

#endif
