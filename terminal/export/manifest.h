/* manifest.h - survey-STORE-TILL-DAY.json: what was made of a day (README, "Files").
 *
 *	{
 *	  "store": "017", "till": "3", "day": "2024-10-04",
 *	  "closed": true,                     no more rows come but by `recover`
 *	  "generation": "0f...",              of the database
 *	  "first_seq": 1, "last_seq": 812,    null on a day without visits
 *	  "seal": "ab...",                    SHA-256 over the plain CSVs of visits, answers, cards
 *	  "previous": "cd...", "previous_day": "2024-10-03",
 *	  "files": [
 *	    {"name": "survey-017-3-2024-10-04.csv", "table": "visits", "part": 1, "rows": 812,
 *	     "sha256": "ef..."}],             of a revision also "replaces" and "why"
 *	  "revisions": [
 *	    {"why": "erasure", "at": "2024-11-01T10:00:00.000+03:00", "content": "01..."}]
 *	}
 *
 * The same facts give the same bytes.
 */
#ifndef TILLASK_EXPORT_MANIFEST_H
#define TILLASK_EXPORT_MANIFEST_H

#include "export/sink.h"
#include "store/day_facts.h"

/* "survey-017-3-2024-10-04.2.csv": PART 1 has no number; EXTENSION is csv, jsonl, xlsx, json.  The
 * caller frees. */
char *manifest_name(const struct day_facts *facts, const char *file, int part,
		    const char *extension);

/* The whole text; faults stay in the sink. */
void manifest_write(struct sink *out, const struct day_facts *facts, int64_t first_seq,
		    int64_t last_seq);

/* Reads the manifest at PATH of a day that another database sealed: seal, previous, generation and
 * files into FACTS.  False: there is none, it cannot be read, its day is open, or it is of
 * GENERATION. */
bool manifest_adopt(const char *path, const uint8_t generation[DAY_GENERATION],
		    struct day_facts *facts);

#endif
