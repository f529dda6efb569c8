/* survey.h - the questions, languages and sentences in use, which head office may replace.
 *
 * Everything else of a configuration (devices, till, database) stays as the program began with
 * it.  Main thread only.
 */
#ifndef TILLASK_RUN_SURVEY_H
#define TILLASK_RUN_SURVEY_H

#include "run/languages.h"
#include "screen/view.h"
#include "store/store.h"

struct survey {
	struct config *own; /* freed with it; NULL: the program's */
	const struct config *config;
	struct languages languages;
	struct rules rules;
	struct store_options store;
	const char *reader[READERS_MAX];
};

/* What is in force: LOCAL, borrowed, with the publications in its database laid over it.  Where
 * the two together are not right it is LOCAL alone, and NOTES say why.  NULL and ERROR as
 * languages_choose(). */
struct survey *survey_begin(const struct config *local, GString *notes, GError **error);

/* Another one, of CONFIG, which it takes (and frees when it fails). */
struct survey *survey_new(struct config *config, GString *notes, GError **error);
void survey_free(struct survey *survey);

/* How its pages are drawn. */
void survey_context(const struct survey *survey, struct view_context *out);

#endif
