/* [question NAME]: wording in every language, and what the questions tell together. */
#include "config_table.h"

#include <string.h>

#include "words.h"

#define NAME_MAX_CHARS 32

#define KIND(kind) (1u << (kind))
#define SCALES     (KIND(QUESTION_SMILEY) | KIND(QUESTION_NPS10) | KIND(QUESTION_NPS11))
#define ALL_KINDS  (~0u)

/* Which kinds a key says something to. */
static const struct {
	const char *key;
	unsigned kinds;
	const char *said;
} keys[] = {
	{"text", ALL_KINDS, ""},
	{"low", SCALES, "smiley, nps10 or nps11"},
	{"high", SCALES, "smiley, nps10 or nps11"},
	{"choices", KIND(QUESTION_CHOICE), "choice"},
	{"low_answers", KIND(QUESTION_CHOICE), "choice"},
	{"responsible", KIND(QUESTION_CHOICE), "choice"},
	{"rotate", KIND(QUESTION_CHOICE), "choice"},
};

/* The columns of a file of visits (README, "Files"); each question becomes one more. */
static const char *const visit_columns[] = {
	"seq",     "visit",     "store",   "till",       "cashier",  "day",
	"started", "ended",     "trigger", "language",   "card",     "card_kind",
	"receipt", "sale_kind", "tender",  "total",      "currency", "outcome",
	"reason",  "seconds",   "clock",   "respondent", NULL,
};

/* One question while it is checked. */
struct subject {
	struct loader *l;
	const struct ini_group *group;
	struct question *question;
	bool kind_known;
};

static void check_name(struct subject *s)
{
	const char *name = s->question->name;

	if (strspn(name, G_CSET_a_2_z G_CSET_DIGITS "_") != strlen(name) ||
	    strlen(name) > NAME_MAX_CHARS)
		faults_add(s->l->faults, s->group->line, s->group->title, NULL,
			   "cannot be a question's name; allowed: 1 to %d of a-z 0-9 _",
			   NAME_MAX_CHARS);
	else if (g_strv_contains(visit_columns, name))
		faults_add(
			s->l->faults, s->group->line, s->group->title, NULL,
			"'%s' is a column of the survey file already; allowed: another name",
			name);
}

static void check_language(struct subject *s, const struct ini_entry *e)
{
	char **known = s->l->languages;
	g_autofree char *all = g_strjoinv(" ", known);

	if (e->language != NULL &&
	    !g_strv_contains((const char *const *)known, e->language))
		faults_add(s->l->faults, e->line, s->group->title, e->key,
			   "'%s' is no language; allowed: %s", e->language, all);
}

/* Keys that say nothing to this kind, and languages that do not exist. */
static void check_keys(struct subject *s)
{
	const char *kind = question_kind_name(s->question->kind);

	for (guint i = 0; i < s->group->entries->len; i++) {
		const struct ini_entry *e = &g_array_index(s->group->entries,
							   struct ini_entry, i);

		for (size_t k = 0; k < G_N_ELEMENTS(keys) && s->kind_known; k++) {
			if (strcmp(keys[k].key, e->key) == 0 &&
			    (keys[k].kinds & KIND(s->question->kind)) == 0)
				faults_add(
					s->l->faults, e->line, s->group->title, e->key,
					"says nothing to kind=%s; allowed: with kind=%s",
					kind, keys[k].said);
		}
		check_language(s, e);
	}
}

/* The value of KEY in a language, or NULL after a fault. */
static const struct ini_entry *need_text(struct subject *s, const char *key, int language)
{
	const char *code = s->l->config->languages[language];
	const struct ini_entry *e = loader_find(s->group, key, code);
	const struct option *o = config_option(s->group->kind, key);
	g_autofree char *written = g_strdup_printf("%s[%s]", key, code);
	g_autofree char *allowed = option_allowed(o);

	if (e == NULL && !s->group->again)
		faults_add(
			s->l->faults, s->group->line, s->group->title, written,
			"is missing; allowed: %s, in every one of languages=", allowed);
	else if (e != NULL && *e->value == '\0')
		faults_add(s->l->faults, e->line, s->group->title, written,
			   "a value is missing; allowed: %s", allowed);
	else
		return e;
	return NULL;
}

static const char *read_line(struct subject *s, const char *key, int language)
{
	const struct ini_entry *e = need_text(s, key, language);
	const struct option *o = config_option(s->group->kind, key);

	if (e == NULL)
		return "";
	if (g_utf8_strlen(e->value, -1) > o->most)
		faults_add(s->l->faults, e->line, s->group->title, key,
			   "is too long; allowed: %s", o->allowed);
	return loader_keep(s->l, e->value);
}

/* What is wrong with a list of choices, or NULL. */
static char *wrong_choices(char **items)
{
	guint n = g_strv_length(items);

	if (n < 2 || n > CHOICES_MAX)
		return g_strdup_printf("%u %s; allowed: 2 to %d", n,
				       n == 1 ? "answer is no choice"
					      : "answers cannot be shown",
				       CHOICES_MAX);
	for (guint i = 0; i < n; i++) {
		if (*items[i] == '\0')
			return g_strdup_printf("answer %u is empty; allowed: a text",
					       i + 1);
		if (g_utf8_strlen(items[i], -1) > 60)
			return g_strdup_printf("answer %u is too long; allowed: 1 to 60 "
					       "characters",
					       i + 1);
		if (g_strv_contains((const char *const *)items + i + 1, items[i]))
			return g_strdup_printf("'%s' stands there twice; allowed: once",
					       items[i]);
	}
	return NULL;
}

static void read_choices(struct subject *s, int language)
{
	const struct ini_entry *e = need_text(s, "choices", language);
	struct question *q = s->question;
	g_auto(GStrv) items = e != NULL ? ini_list(e->value) : NULL;
	g_autofree char *fault = e != NULL ? wrong_choices(items) : NULL;

	if (e == NULL)
		return;
	if (fault == NULL && q->choices != 0 && q->choices != g_strv_length(items))
		fault = g_strdup_printf(
			"%u answers, and %u in another language; allowed: as many",
			g_strv_length(items), q->choices);
	if (fault != NULL) {
		g_autofree char *written = g_strdup_printf("choices[%s]", e->language);

		faults_add(s->l->faults, e->line, s->group->title, written, "%s", fault);
		return;
	}
	q->choices = (uint8_t)g_strv_length(items);
	for (int i = 0; i < q->choices; i++)
		q->choice[i][language] = loader_keep(s->l, items[i]);
}

static void check_low_answers(struct subject *s)
{
	const struct ini_entry *e = loader_find(s->group, "low_answers", NULL);
	const struct question *q = s->question;

	if (e != NULL && q->choices > 0 && q->low_choices >> q->choices != 0)
		faults_add(s->l->faults, e->line, s->group->title, e->key,
			   "'%s' names a choice that is not there; allowed: 1 to %d",
			   e->value, q->choices);
}

static void read_responsible(struct subject *s)
{
	const struct ini_entry *e = loader_find(s->group, "responsible", NULL);
	struct question *q = s->question;
	g_auto(GStrv) names = e != NULL ? ini_list(e->value) : NULL;

	if (e == NULL || q->choices == 0)
		return;
	if (g_strv_length(names) > q->choices) {
		faults_add(
			s->l->faults, e->line, s->group->title, e->key,
			"%u names for %u answers; allowed: one for each, empty for nobody",
			g_strv_length(names), q->choices);
		return;
	}
	for (int i = 0; names[i] != NULL; i++)
		q->responsible[i] = loader_keep(s->l, names[i]);
}

static void read_wording(struct subject *s)
{
	struct question *q = s->question;
	bool scale = s->kind_known && (KIND(q->kind) & SCALES) != 0;

	for (int i = 0; i < s->l->config->n_languages; i++) {
		q->text[i] = read_line(s, "text", i);
		q->low[i] = scale ? read_line(s, "low", i) : "";
		q->high[i] = scale ? read_line(s, "high", i) : "";
		if (s->kind_known && q->kind == QUESTION_CHOICE)
			read_choices(s, i);
	}
	check_low_answers(s);
	read_responsible(s);
}

static bool could_be_low(const struct question *q)
{
	return q->when != WHEN_LOW && q->kind != QUESTION_WORDS &&
	       (q->kind != QUESTION_CHOICE || q->low_choices != 0);
}

static void check_lows(struct loader *l)
{
	const struct questionnaire *all = &l->config->questionnaire;

	for (int i = 0; i < all->count; i++) {
		if (could_be_low(&all->question[i]))
			return;
	}
	for (int i = 0; i < all->count; i++) {
		if (all->question[i].when == WHEN_LOW)
			faults_add(
				l->faults, loader_line(l->question_group[i], "when"),
				l->question_group[i]->title, "when",
				"no question can be answered low, so this one is never asked; "
				"allowed: low beside a scale, a yesno, or a choice with "
				"low_answers=");
	}
}

static void check_places(struct loader *l)
{
	const struct questionnaire *all = &l->config->questionnaire;
	int always = 0;

	for (int i = 0; i < all->count; i++) {
		if (all->question[i].when != WHEN_ALWAYS || ++always != all->places + 1)
			continue;
		faults_add(
			l->faults, loader_line(l->question_group[i], "when"),
			l->question_group[i]->title, "when",
			"is one always too many: [survey] questions=%d; allowed: more questions "
			"(up to %d), or when=turn",
			all->places, ASKED_MAX);
	}
}

/* The page of `*`: the choices of the first low choice question, or the nine reasons. */
static void finish_complaint(struct loader *l)
{
	struct words *words = config_words(l->config);
	struct questionnaire *all = &l->config->questionnaire;
	struct question *complaint = &all->complaint;
	int n = l->config->n_languages;

	*complaint = (struct question){.rotate = true};
	for (int i = all->count - 1; i >= 0; i--) {
		if (all->question[i].when == WHEN_LOW &&
		    all->question[i].kind == QUESTION_CHOICE)
			*complaint = all->question[i];
	}
	for (int i = 0; i < n; i++) {
		g_auto(GStrv)
			reasons = ini_list(words_sample(words, "improve", "choices", i));

		complaint->text[i] = loader_keep(l, words_text(words, WORD_COMPLAINT, i));
		complaint->low[i] = complaint->high[i] = "";
		for (int c = 0; complaint->name == NULL && reasons[c] != NULL; c++) {
			complaint->choice[c][i] = loader_keep(l, reasons[c]);
			complaint->choices = (uint8_t)(c + 1);
		}
	}
	complaint->name = "complaint";
	complaint->kind = QUESTION_CHOICE;
	complaint->when = WHEN_LOW;
	complaint->point = "";
	complaint->low_choices = 0;
	words_free(words);
}

/* [survey] done[xx]=: in every language or in none. */
static void read_done(struct loader *l)
{
	struct config *config = l->config;
	struct subject s = {l, l->survey, NULL, true};
	bool any = false;

	for (guint i = 0; l->survey != NULL && i < l->survey->entries->len; i++) {
		const struct ini_entry *e = &g_array_index(l->survey->entries,
							   struct ini_entry, i);

		if (strcmp(e->key, "done") != 0)
			continue;
		any = true;
		check_language(&s, e);
	}
	for (int i = 0; i < config->n_languages; i++)
		config->questionnaire.done[i] = any ? read_line(&s, "done", i) : "";
}

void config_finish_questions(struct loader *l)
{
	struct config *config = l->config;
	struct questionnaire *all = &config->questionnaire;
	bool kinds_known = true;

	for (int i = 0; i < all->count; i++) {
		struct question *q = &all->question[i];
		const struct ini_entry *kind = loader_find(l->question_group[i], "kind",
							   NULL);
		struct subject s = {
			l, l->question_group[i], q,
			kind != NULL &&
				strcmp(kind->value, question_kind_name(q->kind)) == 0};

		check_name(&s);
		check_keys(&s);
		read_wording(&s);
		kinds_known = kinds_known && s.kind_known;
	}
	read_done(l);
	if (kinds_known)
		check_lows(l);
	check_places(l);
	if (faults_count(l->faults) == 0)
		finish_complaint(l);
}
