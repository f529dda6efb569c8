/* languages.c - see languages.h */
#include "run/languages.h"

#include <langinfo.h>
#include <unistd.h>

#include "screen/letters.h"

static struct letters letters;

static bool can_show_question(const struct question *q, int language)
{
	if (!letters_can_show(&letters, q->text[language]) ||
	    !letters_can_show(&letters, q->low[language]) ||
	    !letters_can_show(&letters, q->high[language]))
		return false;
	for (int i = 0; i < q->choices; i++)
		if (!letters_can_show(&letters, q->choice[i][language]))
			return false;
	return true;
}

static bool can_show(const struct config *config, const struct words *words, int language)
{
	const struct questionnaire *all = &config->questionnaire;

	for (int w = 0; w <= WORDS_CUSTOMER_LAST; w++)
		if (!letters_can_show(&letters,
				      words_text(words, (enum word)w, language)))
			return false;
	for (int i = 0; i < all->count; i++)
		if (!can_show_question(&all->question[i], language))
			return false;
	return can_show_question(&all->complaint, language);
}

bool languages_choose(struct languages *out, const struct config *config, GString *notes,
		      GError **error)
{
	int shown = 0, first = 0;

	*out = (struct languages){.words = config_words(config)};
	letters_init(&letters, STDIN_FILENO);
	for (int i = config->n_languages - 1; i >= 0; i--) {
		if (can_show(config, out->words, i)) {
			shown++;
			first = i;
			continue;
		}
		out->hidden = (uint16_t)(out->hidden | 1u << i);
		g_string_append_printf(notes,
				       "language %s was left out: this screen (%s, %s) "
				       "lacks letters of it; see `tillask check`\n",
				       config->languages[i], g_getenv("TERM"),
				       nl_langinfo(CODESET));
	}
	if (shown == 0) {
		g_set_error(
			error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
			"opening the screen: it can show none of [terminal] languages; set "
			"LANG=C.UTF-8, or name languages that it can show");
		return false;
	}
	out->rest = (out->hidden >> config->language & 1) == 0 ? config->language : first;
	return true;
}

void languages_clear(struct languages *languages)
{
	words_free(languages->words);
	*languages = (struct languages){0};
}
