/* pages.h - pages to draw in tests: a questionnaire of the samples in messages.ini, in every
 * language, and every page that a person may see.
 */
#ifndef TILLASK_TESTS_PAGES_H
#define TILLASK_TESTS_PAGES_H

#include "screen/view.h"

/* Questions of pages_questionnaire(). */
enum {
	PAGES_SMILEY,
	PAGES_NPS10,
	PAGES_NPS11,
	PAGES_YESNO,
	PAGES_CHOICE,
	PAGES_NINE,
	PAGES_MANY,
	PAGES_WORDS,
	PAGES_QUESTIONS
};

struct pages {
	char **codes; /* the languages of messages.ini */
	int languages;
	struct words *words;
	struct questionnaire questionnaire;
	struct view_context context;
	GStringChunk *strings;
	GPtrArray *lists;
};

struct pages *pages_new(void);
void pages_free(struct pages *pages);
int pages_language(const struct pages *pages, const char *code);

/* A page at 14:05 with a ready reader, in LANGUAGE, `/` leading to Russian (from Russian to
 * English). */
struct page pages_page(const struct pages *pages, enum page_kind kind, int language);

/* The table of pages. */
struct pages_scene {
	const char *name;
	bool cashier; /* what differs is read by the cashier: only ru and en */
	enum page_kind kind;
	void (*set)(struct page *page); /* may be NULL */
};
extern const struct pages_scene pages_scenes[];
extern const int pages_scenes_count;

/* The page of a scene. */
struct page pages_scene_page(const struct pages *pages, const struct pages_scene *scene,
			     int language);

#endif
