#include "command/check.h"

#include <langinfo.h>
#include <string.h>
#include <unistd.h>

#include "screen/letters.h"
#include "screen/view.h"

#define LETTERS_SHOWN 12

/* ---- does it fit? ---- */

/* The text that view_fit() is drawing. */
struct subject {
	struct checker *checker;
	const struct question *question;
	const char *language;
	const struct screen_size *screen;
};

static void say_misfit(void *self, const struct view_misfit *misfit)
{
	const struct subject *s = self;
	g_autofree char *choice = misfit->choice > 0 ? g_strdup_printf(", answer %d,",
								       misfit->choice)
						     : g_strdup("");

	check_say(
		s->checker, LEVEL_FAIL,
		"[question %s] %s[%s]%s needs %d %s, the screen %dx%d has %d; shorten it",
		s->question->name, misfit->key, s->language, choice, misfit->needs,
		misfit->rows ? "rows" : "columns", s->screen->cols, s->screen->rows,
		misfit->has);
}

static int count_misfits(struct checker *c, int question)
{
	const struct config *config = c->config;
	const struct view_context context = {.questionnaire = &config->questionnaire,
					     .words = c->words,
					     .cashier_language = config->language,
					     .pole = config->till_line.show};
	struct subject s = {.checker = c};
	int misfits = 0;

	s.question = question == VIEW_COMPLAINT
			     ? &config->questionnaire.complaint
			     : &config->questionnaire.question[question];
	for (int language = 0; language < config->n_languages; language++) {
		s.language = config->languages[language];
		for (int i = 0; i < config->n_screens; i++) {
			s.screen = &config->screens[i];
			misfits += view_fit(&context, question, language, s.screen->cols,
					    s.screen->rows, say_misfit, &s);
		}
	}
	return misfits;
}

void check_fit(struct checker *c)
{
	const struct config *config = c->config;
	int misfits = 0;

	for (int i = 0; i < config->questionnaire.count; i++)
		misfits += count_misfits(c, i);
	/* else its choices are those of a question that was told */
	if (misfits == 0)
		misfits = count_misfits(c, VIEW_COMPLAINT);
	if (misfits == 0)
		check_say(c, LEVEL_OK, "every question fits %d screens in %d languages",
			  config->n_screens, config->n_languages);
}

/* ---- is there room for the code? ---- */

void check_code(struct checker *c)
{
	const struct config *config = c->config;
	const struct view_context context = {.questionnaire = &config->questionnaire,
					     .pole = config->till_line.show};
	g_autoptr(GString) shown = g_string_new(NULL);

	if (*config->questionnaire.qr == '\0')
		return;
	for (int i = 0; i < config->n_screens; i++) {
		const struct screen_size *screen = &config->screens[i];

		if (view_fits_code(&context, screen->cols, screen->rows))
			g_string_append_printf(shown, " %dx%d", screen->cols,
					       screen->rows);
	}
	if (shown->len > 0)
		check_say(c, LEVEL_OK,
			  "the code of [survey] qr= is shown on%s of %d screens",
			  shown->str, config->n_screens);
	else
		check_say(
			c, LEVEL_WARN,
			"the code of [survey] qr= has room on none of %d screens, so it is "
			"never shown; shorten it (capitals and digits make a smaller one), or "
			"take it out",
			config->n_screens);
}

/* ---- can its letters be shown? ---- */

/* The characters that a customer reads in one language and the screen lacks. */
struct lacking {
	const struct letters *screen;
	GString *letters; /* each once */
};

static void add_text(struct lacking *l, const char *text)
{
	for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		if (!letters_can_show_character(l->screen, c) &&
		    g_utf8_strchr(l->letters->str, -1, c) == NULL)
			g_string_append_unichar(l->letters, c);
	}
}

static void add_question(struct lacking *l, const struct question *q, int language)
{
	add_text(l, q->text[language]);
	add_text(l, q->low[language]);
	add_text(l, q->high[language]);
	for (int i = 0; i < q->choices; i++)
		add_text(l, q->choice[i][language]);
}

static void add_language(struct lacking *l, const struct checker *c, int language)
{
	const struct questionnaire *all = &c->config->questionnaire;

	for (int w = 0; w <= WORDS_CUSTOMER_LAST; w++)
		add_text(l, words_text(c->words, (enum word)w, language));
	for (int i = 0; i < all->count; i++)
		add_question(l, &all->question[i], language);
	add_question(l, &all->complaint, language);
}

void check_letters(struct checker *c)
{
	static struct letters screen;
	const char *where;
	int fails = c->fails;

	letters_init(&screen, STDIN_FILENO);
	where = screen.has_font ? "the console's font" : nl_langinfo(CODESET);
	for (int i = 0; i < c->config->n_languages; i++) {
		g_autoptr(GString) letters = g_string_new(NULL);
		const char *code = c->config->languages[i];
		g_autofree char *shown = NULL;
		glong n;

		add_language(&(struct lacking){&screen, letters}, c, i);
		n = g_utf8_strlen(letters->str, -1);
		shown = g_utf8_substring(letters->str, 0, MIN(n, LETTERS_SHOWN));
		if (n > 0)
			check_say(
				c, LEVEL_FAIL,
				"%s lacks %ld letters of language %s (%s%s), so `run` leaves it "
				"out; use a UTF-8 locale (LANG=C.UTF-8) and a font that has them, "
				"or take %s out of languages=",
				where, n, code, shown, n > LETTERS_SHOWN ? " ..." : "",
				code);
	}
	if (c->fails == fails)
		check_say(c, LEVEL_OK, "%s has all letters of %d languages", where,
			  c->config->n_languages);
}
