#include "tests/lib/pages.h"

#include "tests/lib/pages_manager.h"

#include <glib.h>
#include <string.h>

static const struct {
	const char *sample;
	enum question_kind kind;
} questions[PAGES_QUESTIONS] = {
	[PAGES_SMILEY] = {"overall", QUESTION_SMILEY},
	[PAGES_NPS10] = {"nps", QUESTION_NPS10},
	[PAGES_NPS11] = {"nps", QUESTION_NPS11},
	[PAGES_YESNO] = {"goods", QUESTION_YESNO},
	[PAGES_CHOICE] = {"prices", QUESTION_CHOICE},
	[PAGES_NINE] = {"improve", QUESTION_CHOICE},
	[PAGES_MANY] = {"improve", QUESTION_CHOICE},
	[PAGES_WORDS] = {"words", QUESTION_WORDS},
};

static const char *sample(const struct pages *pages, const char *name, const char *key,
			  int i)
{
	const char *text = words_sample(pages->words, name, key, i);

	return text == NULL ? "" : text;
}

/* TIMES times the choices of the sample. */
static void fill_choices(struct pages *pages, struct question *q, const char *name, int i,
			 int times)
{
	char **list = ini_list(sample(pages, name, "choices", i));
	int n = (int)g_strv_length(list);

	g_ptr_array_add(pages->lists, list);
	q->choices = 0;
	for (int k = 0; k < n * times; k++)
		q->choice[q->choices++][i] = list[k % n];
}

static void fill(struct pages *pages, struct question *q, const char *name,
		 enum question_kind kind, int times)
{
	q->name = name;
	q->kind = kind;
	q->point = "";
	for (int i = 0; i < pages->languages; i++) {
		q->text[i] = sample(pages, name, "text", i);
		q->low[i] = sample(pages, name, "low", i);
		q->high[i] = sample(pages, name, "high", i);
		if (kind == QUESTION_CHOICE)
			fill_choices(pages, q, name, i, times);
	}
}

struct pages *pages_new(void)
{
	struct pages *pages = g_new0(struct pages, 1);
	struct faults *faults = faults_new("messages.ini");
	struct questionnaire *all = &pages->questionnaire;

	pages->codes = words_languages();
	pages->languages = (int)g_strv_length(pages->codes);
	g_assert_cmpint(pages->languages, <=, LANGUAGES_MAX);
	pages->words = words_new((const char *const *)pages->codes, pages->languages,
				 faults);
	g_assert_cmpuint(faults_count(faults), ==, 0);
	faults_free(faults);
	pages->lists = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
	all->count = PAGES_QUESTIONS;
	all->places = 3;
	for (int i = 0; i < PAGES_QUESTIONS; i++)
		fill(pages, &all->question[i], questions[i].sample, questions[i].kind,
		     i == PAGES_MANY ? 2 : 1);
	fill(pages, &all->complaint, "improve", QUESTION_CHOICE, 1);
	for (int i = 0; i < pages->languages; i++)
		all->complaint.text[i] = words_text(pages->words, WORD_COMPLAINT, i);
	pages->context = (struct view_context){all, pages->words, 0, false, false};
	return pages;
}

void pages_free(struct pages *pages)
{
	words_free(pages->words);
	g_ptr_array_free(pages->lists, TRUE);
	g_strfreev(pages->codes);
	g_free(pages);
}

int pages_language(const struct pages *pages, const char *code)
{
	for (int i = 0; i < pages->languages; i++)
		if (strcmp(pages->codes[i], code) == 0)
			return i;
	g_error("no language %s", code);
}

struct page pages_page(const struct pages *pages, enum page_kind kind, int language)
{
	int russian = pages_language(pages, "ru"), english = pages_language(pages, "en");

	return (struct page){
		.kind = kind,
		.language = (uint8_t)language,
		.next_language = (uint8_t)(language == russian ? english : russian),
		.marked = -1,
		.paused_until = -1,
		.training_until = -1,
		.has_reader = true,
		.reader_ready = true,
		.clock = 14 * 60 + 5,
	};
}

/* ---- scenes ---------------------------------------------------------------------------- */

static void question(struct page *page, uint8_t index, uint8_t place)
{
	page->question = index;
	page->place = place;
	page->of = 3;
	page->can_go_back = place > 1;
}

static void smiley_rest(struct page *page)
{
	question(page, PAGES_SMILEY, 1);
	page->at_rest = page->offer = true;
}

static void smiley_linked(struct page *page)
{
	question(page, PAGES_SMILEY, 1);
	page->offer = page->linked = true;
}

static void smiley(struct page *page)
{
	question(page, PAGES_SMILEY, 1);
}

static void smiley_marked(struct page *page)
{
	question(page, PAGES_SMILEY, 1);
	page->marked = 2;
	page->linked = true;
}

static void nps10(struct page *page)
{
	question(page, PAGES_NPS10, 2);
}

static void nps10_marked(struct page *page)
{
	question(page, PAGES_NPS10, 2);
	page->marked = 1;
	page->linked = true;
}

static void nps10_bar(struct page *page)
{
	question(page, PAGES_NPS10, 2);
	page->bar = 3;
}

static void nps11(struct page *page)
{
	question(page, PAGES_NPS11, 2);
	page->marked = 10;
}

static void yesno(struct page *page)
{
	question(page, PAGES_YESNO, 3);
}

static void yesno_marked(struct page *page)
{
	question(page, PAGES_YESNO, 3);
	page->marked = 0;
}

static void choice(struct page *page)
{
	question(page, PAGES_CHOICE, 3);
}

static void choice_marked(struct page *page)
{
	question(page, PAGES_CHOICE, 3);
	page->marked = 2;
}

static void nine(struct page *page)
{
	question(page, PAGES_NINE, 4);
	page->of = 4;
	page->marked = 3;
	page->choice_shift = 2;
}

static void nine_bar(struct page *page)
{
	question(page, PAGES_NINE, 4);
	page->of = 4;
	page->bar = 5;
}

static void nine_offer(struct page *page)
{
	question(page, PAGES_NINE, 1);
	page->offer = page->at_rest = true;
	page->can_go_back = false;
}

static void nine_card(struct page *page)
{
	question(page, PAGES_NINE, 4);
	page->of = 4;
	page->toast = TOAST_CARD_OK;
	g_strlcpy(page->toast_card, "*1234", sizeof(page->toast_card));
}

static void many(struct page *page)
{
	question(page, PAGES_MANY, 3);
}

static void many_second(struct page *page)
{
	question(page, PAGES_MANY, 3);
	page->choice_from = 9;
}

static void words_empty(struct page *page)
{
	question(page, PAGES_WORDS, 3);
}

static void words_typed(struct page *page)
{
	question(page, PAGES_WORDS, 3);
	g_strlcpy(page->words,
		  "Хлеб у вас самый вкусный, но на кассе всегда одна очередь, и ",
		  sizeof(page->words));
}

static void back(struct page *page)
{
	page->can_go_back = true;
}

static void complaint_marked(struct page *page)
{
	page->marked = 1;
}

static void number(struct page *page)
{
	g_strlcpy(page->number, "1042", sizeof(page->number));
}

static void number_pin(struct page *page)
{
	number(page);
	page->asks_pin = true;
	page->typed = 3;
}

static void wrong(struct page *page)
{
	number_pin(page);
	page->typed = 0;
	page->wrong = true;
}

static void pin(struct page *page)
{
	page->typed = 4;
}

static void toast(struct page *page, enum toast kind)
{
	smiley(page);
	page->toast = kind;
	if (kind != TOAST_SIGNED_IN) /* by number, not by card */
		g_strlcpy(page->toast_card, "*1234", sizeof(page->toast_card));
	page->toast_kind = CARD_KIND_PRIVILEGE;
	page->toast_number = 4;
	g_strlcpy(page->cashier, "1042", sizeof(page->cashier));
}

#define TOAST_SCENE(name, kind)             \
	static void name(struct page *page) \
	{                                   \
		toast(page, kind);          \
	}
TOAST_SCENE(card_ok, TOAST_CARD_OK)
TOAST_SCENE(card_error, TOAST_CARD_ERROR)
TOAST_SCENE(card_payment, TOAST_CARD_PAYMENT)
TOAST_SCENE(card_often, TOAST_CARD_OFTEN)
TOAST_SCENE(signed_in, TOAST_SIGNED_IN)
TOAST_SCENE(reader_back, TOAST_READER_READY)

static void not_saving(struct page *page)
{
	page->not_saving = true;
}

static void trouble(struct page *page)
{
	smiley(page);
	page->not_saving = true;
	page->clock_wrong = true;
	page->waiting = 3;
}

static void paused(struct page *page)
{
	page->paused_until = 14 * 60 + 15;
	page->waiting = 12;
}

static void reader_off(struct page *page)
{
	page->reader_ready = false;
	page->toast = TOAST_READER_OFF;
}

const struct pages_scene pages_scenes[] = {
	{"greeting", false, PAGE_GREETING, NULL},
	{"greeting, paused", true, PAGE_GREETING, paused},
	{"greeting, reader off", true, PAGE_GREETING, reader_off},
	{"smiley at rest", false, PAGE_QUESTION, smiley_rest},
	{"smiley, by a card", false, PAGE_QUESTION, smiley_linked},
	{"smiley", false, PAGE_QUESTION, smiley},
	{"smiley, 2 marked", false, PAGE_QUESTION, smiley_marked},
	{"nps10", false, PAGE_QUESTION, nps10},
	{"nps10, 1 marked", false, PAGE_QUESTION, nps10_marked},
	{"nps10, last seconds", false, PAGE_QUESTION, nps10_bar},
	{"nps11, 10 marked", false, PAGE_QUESTION, nps11},
	{"yes or no", false, PAGE_QUESTION, yesno},
	{"yes or no, no marked", false, PAGE_QUESTION, yesno_marked},
	{"three choices", false, PAGE_QUESTION, choice},
	{"three choices, 2 marked", false, PAGE_QUESTION, choice_marked},
	{"nine choices, rotated, 3 marked", false, PAGE_QUESTION, nine},
	{"nine choices, last seconds", false, PAGE_QUESTION, nine_bar},
	{"nine choices, offered", false, PAGE_QUESTION, nine_offer},
	{"nine choices, card", false, PAGE_QUESTION, nine_card},
	{"eighteen choices", false, PAGE_QUESTION, many},
	{"eighteen choices, second page", false, PAGE_QUESTION, many_second},
	{"words", false, PAGE_QUESTION, words_empty},
	{"words, typed", false, PAGE_QUESTION, words_typed},
	{"thanks", false, PAGE_THANKS, back},
	{"thanks, unsaved", false, PAGE_THANKS_UNSAVED, NULL},
	{"thanks, partial", false, PAGE_THANKS_PARTIAL, NULL},
	{"declined", false, PAGE_DECLINED, NULL},
	{"complaint", false, PAGE_COMPLAINT, NULL},
	{"complaint, 1 marked", false, PAGE_COMPLAINT, complaint_marked},
	{"complaint saved", false, PAGE_COMPLAINT_SAVED, NULL},
	{"cashier, number", true, PAGE_CASHIER, number},
	{"cashier, PIN", true, PAGE_CASHIER, number_pin},
	{"cashier, wrong PIN", true, PAGE_CASHIER, wrong},
	{"manager's PIN", true, PAGE_MANAGER, pin},
	{"manager", true, PAGE_MANAGER, pages_home},
	{"manager, trouble", true, PAGE_MANAGER, pages_home_trouble},
	{"manager: day", true, PAGE_MANAGER, pages_day},
	{"manager: day, no till", true, PAGE_MANAGER, pages_day_no_till},
	{"manager: day, empty", true, PAGE_MANAGER, pages_day_empty},
	{"manager: hours", true, PAGE_MANAGER, pages_hours},
	{"manager: reading", true, PAGE_MANAGER, pages_reading},
	{"manager: unread", true, PAGE_MANAGER, pages_unread},
	{"manager: question, nps", true, PAGE_MANAGER, pages_question_nps},
	{"manager: question, few", true, PAGE_MANAGER, pages_question_few},
	{"manager: question, hidden", true, PAGE_MANAGER, pages_question_hidden},
	{"manager: question, yesno", true, PAGE_MANAGER, pages_question_yesno},
	{"manager: question, choices", true, PAGE_MANAGER, pages_question_choices},
	{"manager: question, words", true, PAGE_MANAGER, pages_question_words},
	{"manager: proof", true, PAGE_MANAGER, pages_proof},
	{"manager: proof, long names", true, PAGE_MANAGER, pages_proof_long},
	{"manager: survey", true, PAGE_MANAGER, pages_survey},
	{"manager: survey, no PIN", true, PAGE_MANAGER, pages_survey_no_pin},
	{"manager: survey, set", true, PAGE_MANAGER, pages_survey_set},
	{"manager: queue", true, PAGE_MANAGER, pages_queue},
	{"manager: devices", true, PAGE_MANAGER, pages_devices},
	{"manager: database", true, PAGE_MANAGER, pages_database},
	{"manager: files", true, PAGE_MANAGER, pages_files},
	{"manager: files, half", true, PAGE_MANAGER, pages_files_half},
	{"manager: files, failed", true, PAGE_MANAGER, pages_files_failed},
	{"manager: signs", true, PAGE_MANAGER, pages_signs},
	{"manager: quit", true, PAGE_MANAGER, pages_quit},
	{"test picture", true, PAGE_THANKS, pages_test},
	{"asleep", true, PAGE_ASLEEP, NULL},
	{"asleep, not saving", true, PAGE_ASLEEP, not_saving},
	{"training", true, PAGE_GREETING, pages_training},
	{"mystery shopper", true, PAGE_GREETING, pages_mystery},
	{"toast: card", true, PAGE_QUESTION, card_ok},
	{"toast: card not read", true, PAGE_QUESTION, card_error},
	{"toast: bank card", true, PAGE_QUESTION, card_payment},
	{"toast: card often", true, PAGE_QUESTION, card_often},
	{"toast: signed in", true, PAGE_QUESTION, signed_in},
	{"toast: reader ready", true, PAGE_QUESTION, reader_back},
	{"not saving, clock wrong", true, PAGE_QUESTION, trouble},
};
const int pages_scenes_count = (int)G_N_ELEMENTS(pages_scenes);

struct page pages_scene_page(const struct pages *pages, const struct pages_scene *scene,
			     int language)
{
	struct page page = pages_page(pages, scene->kind, language);

	if (scene->set != NULL)
		scene->set(&page);
	return page;
}
