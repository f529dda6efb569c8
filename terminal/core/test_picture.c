#include "core/test_picture.h"

#define CHOICE_PAGE 9
#define ENDS        (sizeof ends / sizeof ends[0])
#define LAST        (sizeof last / sizeof last[0])

static const enum page_kind ends[] = {
	PAGE_GREETING,       PAGE_THANKS,   PAGE_THANKS_UNSAVED,
	PAGE_THANKS_PARTIAL, PAGE_DECLINED, PAGE_COMPLAINT_SAVED,
};

static const enum page_kind last[] = {PAGE_CASHIER, PAGE_ASLEEP};

static unsigned pages_of(const struct question *q)
{
	return q->choices > CHOICE_PAGE ? (q->choices + CHOICE_PAGE - 1u) / CHOICE_PAGE
					: 1;
}

static unsigned of_a_language(const struct questionnaire *all)
{
	unsigned n = pages_of(&all->complaint) + (unsigned)ENDS;
	for (uint8_t i = 0; i < all->count; i++)
		n += pages_of(&all->question[i]);
	return n;
}

static bool is_hidden(const struct rules *rules, uint8_t language)
{
	return (rules->hidden_languages >> language & 1) != 0;
}

uint16_t test_pictures(const struct rules *rules)
{
	unsigned n = LAST;
	for (uint8_t language = 0; language < rules->languages; language++)
		if (!is_hidden(rules, language))
			n += of_a_language(rules->questionnaire);
	return (uint16_t)n;
}

static void in_language(const struct questionnaire *all, unsigned at, struct page *page)
{
	page->of = all->places;
	for (uint8_t i = 0; i < all->count; i++) {
		unsigned pages = pages_of(&all->question[i]);
		if (at < pages) {
			page->kind = PAGE_QUESTION;
			page->question = i;
			page->place = i < all->places ? (uint8_t)(i + 1) : all->places;
			page->choice_from = (uint8_t)(at * CHOICE_PAGE);
			page->offer = i == 0;
			page->can_go_back = i > 0;
			return;
		}
		at -= pages;
	}
	unsigned pages = pages_of(&all->complaint);
	page->kind = at < pages ? PAGE_COMPLAINT : ends[at - pages];
	page->choice_from = (uint8_t)(at < pages ? at * CHOICE_PAGE : 0);
}

void test_picture(const struct rules *rules, uint16_t number, struct page *page)
{
	unsigned each = of_a_language(rules->questionnaire), at = number - 1u;
	page->test = number;
	page->tests = test_pictures(rules);
	page->language = rules->language;
	for (uint8_t language = 0; language < rules->languages; language++) {
		if (is_hidden(rules, language))
			continue;
		if (at < each) {
			page->language = language;
			in_language(rules->questionnaire, at, page);
			return;
		}
		at -= each;
	}
	page->kind = last[at % LAST];
}
