#include "core/manager.h"

#include <string.h>

#include "core/test_picture.h"

void manager_close(struct manager *m)
{
	uint32_t inquiry = m->inquiry;
	explicit_bzero(m, sizeof *m);
	m->inquiry = inquiry;
}

void manager_open(struct manager *m, struct step *step)
{
	manager_close(m);
	pin_field_open(&m->pin, false);
	m->at = MANAGER_PIN;
	m->opened_ms = step->now->mono_ms;
	m->day = step->now->day;
	m->doubts_pin = true;
	step_effect(step, EFFECT_ASK_PIN_SET);
}

void manager_pin_set(struct manager *m, bool set)
{
	if (!m->doubts_pin)
		return;
	m->doubts_pin = false;
	if (m->at != MANAGER_PIN || set)
		return;
	m->at = MANAGER_HOME;
	m->no_pin = true;
	pin_field_open(&m->pin, false);
}

/* ---- asking the database ---------------------------------------------------------------- */

static enum inquiry_kind inquiry_of(const struct manager *m)
{
	switch (m->at) {
	case MANAGER_DAY:
		return m->item < MANAGER_DAY_QUESTIONS ? INQUIRY_DAY : INQUIRY_QUESTION;
	case MANAGER_PROOF:
		return INQUIRY_PROOF;
	case MANAGER_QUEUE:
		return INQUIRY_QUEUE;
	case MANAGER_DEVICES:
		return INQUIRY_DEVICES;
	case MANAGER_DATABASE:
		return INQUIRY_DATABASE;
	case MANAGER_PIN:
	case MANAGER_HOME:
	case MANAGER_SURVEY:
	case MANAGER_FILES:
	case MANAGER_TEST:
	case MANAGER_QUIT:
		break;
	}
	return INQUIRY_NONE;
}

static void ask(struct manager *m, struct step *step)
{
	enum inquiry_kind kind = inquiry_of(m);
	m->inquiry++; /* what comes for the page before is too late */
	m->awaits = kind != INQUIRY_NONE;
	if (!m->awaits)
		return;
	struct effect *effect = step_effect(step, EFFECT_INQUIRE);
	effect->inquiry = (struct inquiry){
		.number = m->inquiry,
		.kind = kind,
		.day = m->day,
		.item = m->item < MANAGER_DAY_QUESTIONS
				? 0
				: (uint8_t)(m->item - MANAGER_DAY_QUESTIONS),
		.language = step->rules->language,
		.min_n = step->rules->min_n,
	};
}

/* Of the day, as far as they are known. */
static int pages(const struct manager *m)
{
	return m->awaits ? MANAGER_DAY_QUESTIONS + m->items
			 : page_day_pages(&m->findings);
}

void manager_findings(struct manager *m, struct step *step,
		      const struct findings *findings)
{
	if (!m->awaits || findings->number != m->inquiry)
		return;
	m->awaits = false;
	memcpy(&m->findings, findings, sizeof m->findings); /* equal pages, equal bytes */
	if (findings->unread ||
	    (findings->kind != INQUIRY_DAY && findings->kind != INQUIRY_QUESTION))
		return;
	m->items = findings->items;
	if (findings->kind == INQUIRY_DAY) {
		if (m->item >= pages(m))
			m->item = (uint8_t)(pages(m) - 1);
	} else if (findings->items > 0) { /* the last one, where there are fewer */
		m->item = (uint8_t)(MANAGER_DAY_QUESTIONS + findings->item);
	} else { /* nobody answered: that day at a glance */
		m->item = 0;
		ask(m, step);
	}
}

/* ---- keys --------------------------------------------------------------------------------- */

/* Another page of the same day. */
static void turn(struct manager *m, struct step *step, enum manager_page to)
{
	m->at = to;
	m->item = m->items = 0;
	m->test = 0;
	ask(m, step);
}

static void go(struct manager *m, struct step *step, enum manager_page to)
{
	if (to != MANAGER_QUIT)
		m->day = step->now->day;
	turn(m, step, to);
}

static enum manager_wish home_key(struct manager *m, struct step *step,
				  uint32_t character)
{
	static const struct {
		uint32_t character;
		enum manager_page page;
	} keys[] = {
		{'1', MANAGER_DAY},     {'2', MANAGER_SURVEY},   {'3', MANAGER_QUEUE},
		{'4', MANAGER_DEVICES}, {'5', MANAGER_DATABASE}, {'6', MANAGER_FILES},
		{'7', MANAGER_TEST},    {'0', MANAGER_QUIT},     {'q', MANAGER_QUIT},
		{'Q', MANAGER_QUIT},
	};
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		if (keys[i].character == character)
			go(m, step, keys[i].page);
	return MANAGER_STAYS;
}

/* True: the day is another now. */
static bool leaf(struct manager *m, const struct moment *now, uint32_t character)
{
	int32_t day = m->day;
	if (character == '4' || character == '-')
		day--;
	else if (character == '6' || character == '+')
		day++;
	else if (character == '5')
		day = now->day;
	if (day == m->day || day > now->day || day < now->day - MANAGER_DAYS_BACK)
		return false;
	m->day = day;
	return true;
}

static enum manager_wish day_key(struct manager *m, struct step *step, uint32_t character)
{
	uint8_t item = m->item;
	if (character == '7') {
		turn(m, step, MANAGER_PROOF);
		return MANAGER_STAYS;
	}
	bool other_day = leaf(m, step->now, character);
	if (character == '8' && item > 0)
		item--;
	else if (character == '2' && item + 1 < pages(m))
		item++;
	bool asks = other_day || (item != m->item && (item >= MANAGER_DAY_QUESTIONS ||
						      m->item >= MANAGER_DAY_QUESTIONS));
	m->item = item;
	if (asks)
		ask(m, step);
	return MANAGER_STAYS;
}

static enum manager_wish proof_key(struct manager *m, struct step *step,
				   uint32_t character)
{
	if (character == '7')
		turn(m, step, MANAGER_DAY);
	else if (leaf(m, step->now, character) || character == '\n')
		ask(m, step);
	return MANAGER_STAYS;
}

static enum manager_wish survey_key(const struct manager *m, uint32_t character)
{
	if (m->no_pin) /* nobody knows who stands there */
		return MANAGER_STAYS;
	if (character == '1')
		return MANAGER_PAUSES;
	if (character == '2')
		return MANAGER_CHANGES_RESPONDENT;
	return character == '3' ? MANAGER_TRAINS : MANAGER_STAYS;
}

static enum manager_wish test_key(struct manager *m, struct step *step)
{
	if (++m->test > test_pictures(step->rules))
		go(m, step, MANAGER_HOME);
	return MANAGER_STAYS;
}

/* A character, or [Enter] as '\n'. */
static enum manager_wish page_key(struct manager *m, struct step *step,
				  uint32_t character)
{
	switch (m->at) {
	case MANAGER_HOME:
		return home_key(m, step, character);
	case MANAGER_DAY:
		return day_key(m, step, character == '\n' ? '2' : character);
	case MANAGER_PROOF:
		return proof_key(m, step, character);
	case MANAGER_SURVEY:
		return survey_key(m, character);
	case MANAGER_FILES:
		leaf(m, step->now, character);
		return character == '\n' ? MANAGER_MAKES_FILES : MANAGER_STAYS;
	case MANAGER_TEST:
		return test_key(m, step);
	case MANAGER_QUIT:
		if (character == '2')
			go(m, step, MANAGER_HOME);
		return character == '1' ? MANAGER_QUITS : MANAGER_STAYS;
	case MANAGER_QUEUE:
	case MANAGER_DEVICES:
	case MANAGER_DATABASE:
		if (character == '\n')
			ask(m, step);
		break;
	case MANAGER_PIN:
		break;
	}
	return MANAGER_STAYS;
}

enum manager_wish manager_key(struct manager *m, struct guesses *guesses,
			      struct step *step, enum key key, uint32_t character)
{
	if (m->at == MANAGER_PIN)
		return pin_field_key(&m->pin, guesses, step, key, character) == PIN_LEFT
			       ? MANAGER_CLOSES
			       : MANAGER_STAYS;
	switch (key) {
	case KEY_TEXT:
		if (character == '.')
			break;
		return page_key(m, step, character);
	case KEY_ENTER:
		return page_key(m, step, '\n');
	case KEY_MANAGER:
		return MANAGER_CLOSES;
	case KEY_ESCAPE:
	case KEY_BACKSPACE:
		break;
	case KEY_PAUSE:
	case KEY_CASHIER:
	case KEY_DEMO:
		return MANAGER_STAYS;
	}
	if (m->at == MANAGER_HOME)
		return MANAGER_CLOSES;
	if (m->at == MANAGER_PROOF)
		turn(m, step, MANAGER_DAY);
	else
		go(m, step, MANAGER_HOME);
	return MANAGER_STAYS;
}

void manager_pin(struct manager *m, bool right)
{
	if (m->at == MANAGER_PIN && pin_field_answer(&m->pin, right))
		m->at = MANAGER_HOME;
}

void manager_page(const struct manager *m, const struct rules *rules, struct page *page)
{
	if (m->at == MANAGER_TEST && m->test > 0) {
		test_picture(rules, m->test, page);
		return;
	}
	page->kind = PAGE_MANAGER;
	page->typed = (uint8_t)strlen(m->pin.pin);
	page->wrong = m->pin.wrong;
	page->wait_s = m->pin.wait_s;
	page->tests = test_pictures(rules);
	page->manager.at = m->at;
	page->manager.no_pin = m->no_pin;
	page->manager.awaits = m->awaits;
	page->manager.day = m->day;
	page->manager.item = m->item;
	page->manager.opens = rules->opens_min;
	page->manager.closes = rules->closes_min;
	if (!m->awaits && m->findings.number == m->inquiry)
		memcpy(&page->manager.findings, &m->findings,
		       sizeof page->manager.findings);
}
