/* languages.h - the languages that this screen can show.
 *
 * A language of [terminal] languages of which the screen lacks a letter (in the questions or in
 * the customer's sentences) is hidden: the key / does not lead to it.  Its index and its texts
 * stay, so that a question keeps its wording in the database whatever screen it is shown on.
 */
#ifndef TILLASK_RUN_LANGUAGES_H
#define TILLASK_RUN_LANGUAGES_H

#include "config.h"
#include "words.h"

struct languages {
	uint16_t hidden; /* a bit each */
	int rest; /* index of the one at rest: the configured one, else the first shown */
	struct words *words;
};

/* Adds a line to NOTES for each language hidden.  False and ERROR when none can be shown; OUT is
 * to be cleared all the same.  The locale is that of the screen already. */
bool languages_choose(struct languages *out, const struct config *config, GString *notes,
		      GError **error);
void languages_clear(struct languages *languages);

#endif
