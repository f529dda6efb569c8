/* languages.h - the languages that this screen can show.
 *
 * A language of [terminal] languages of which the screen lacks a letter (in the questions or in
 * the customer's sentences) is left out of everything that `run` does: the key / does not lead
 * to it, and the index of a language counts those that are left.  Where nothing is left out the
 * questionnaire is the configuration's own.
 */
#ifndef TILLASK_RUN_LANGUAGES_H
#define TILLASK_RUN_LANGUAGES_H

#include "config.h"
#include "words.h"

struct languages {
	int n;
	const char *code[LANGUAGES_MAX];
	int rest; /* index of the one at rest: the configured one, else the first */
	const struct questionnaire *questionnaire;
	struct words *words;
	struct questionnaire *own; /* NULL: nothing is left out */
};

/* CONFIG is borrowed for the life of OUT.  Adds a line to NOTES for each language left out.
 * False and ERROR when none is left; OUT is to be cleared all the same.  The locale is that of
 * the screen already. */
bool languages_choose(struct languages *out, const struct config *config, GString *notes,
		      GError **error);
void languages_clear(struct languages *languages);

#endif
