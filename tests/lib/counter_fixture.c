#include "tests/lib/counter_fixture.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- what is asked ---------------------------------------------------------------------- */

static void fill_question(struct question *q, const char *name, enum question_kind kind,
			  enum question_when when)
{
	*q = (struct question){.name = name, .kind = kind, .when = when, .point = ""};
	q->choices = kind == QUESTION_CHOICE ? 3 : 0;
	for (int l = 0; l < LANGUAGES_MAX; l++) {
		q->text[l] = "x";
		q->low[l] = q->high[l] = "";
		for (int i = 0; i < CHOICES_MAX; i++)
			q->choice[i][l] = "x";
	}
}

void fixture_init(struct counter_fixture *f)
{
	memset(f, 0, sizeof *f);
	f->questionnaire.places = 3;
	fill_question(&f->questionnaire.complaint, "complaint", QUESTION_CHOICE,
		      WHEN_ALWAYS);
	f->rules = (struct rules){
		.questionnaire = &f->questionnaire,
		.offer = OFFER_REST,
		.answer_ms = 20000,
		.grace_ms = 5000,
		.thanks_ms = 4000,
		.cooldown_days = 30,
		.declined_days = 90,
		.sleeping_after_days = 90,
		.sample_percent = 100,
		.languages = 2,
		.readers = 1,
	};
	f->facts = card_facts_unknown;
	f->checks_pins = true;
	f->late_wake_ms = MOMENT_NEVER;
	/* half past a minute: the clock on the screen does not meet round times */
	f->now = (struct moment){.mono_ms = 1000000,
				 .utc_ms = INT64_C(1790000000000) + 12345,
				 .offset_s = 10800,
				 .day = 20000};
}

struct question *fixture_question(struct counter_fixture *f, const char *name,
				  enum question_kind kind, enum question_when when)
{
	struct question *q = &f->questionnaire.question[f->questionnaire.count++];
	fill_question(q, name, kind, when);
	return q;
}

void fixture_shop(struct counter_fixture *f)
{
	fixture_question(f, "overall", QUESTION_SMILEY, WHEN_ALWAYS);
	fixture_question(f, "nps", QUESTION_NPS10, WHEN_ALWAYS);
	fixture_question(f, "goods", QUESTION_YESNO, WHEN_TURN);
	fixture_question(f, "improve", QUESTION_CHOICE, WHEN_LOW);
}

/* ---- the world -------------------------------------------------------------------------- */

static void one_step(struct counter_fixture *f, const struct event *event)
{
	bool shows = false;
	counter_step(&f->counter, event, &f->now, &f->effects);
	assert(f->effects.count <= EFFECTS_MAX);
	for (uint8_t i = 0; i < f->effects.count; i++) {
		const struct effect *effect = &f->effects.effect[i];
		switch (effect->kind) {
		case EFFECT_SHOW:
			assert(i + 1 == f->effects.count);
			shows = true;
			break;
		case EFFECT_SAVE:
			fixture_check_save(f, &effect->save);
			break;
		case EFFECT_LOOKUP:
			assert(effect->lookup.lookup == f->lookup + 1);
			f->lookup = effect->lookup.lookup;
			f->lookups++;
			break;
		case EFFECT_DRAIN:
			f->drains++;
			break;
		case EFFECT_DRAIN_KEYS:
			f->key_drains++;
			break;
		case EFFECT_CHECK_PIN:
			f->pin_checks++;
			break;
		case EFFECT_ASK_PIN_SET:
			break;
		case EFFECT_DEMO_SWIPE:
			f->demo_swipes++;
			break;
		case EFFECT_INQUIRE:
			assert(effect->inquiry.number > f->inquiry.number);
			f->inquiry = effect->inquiry;
			f->inquiries++;
			break;
		case EFFECT_MAKE_FILES:
			f->files_day = effect->day;
			f->files++;
			break;
		case EFFECT_QUIT:
			f->quits++;
			break;
		}
	}
	assert(counter_last_ticket(&f->counter) == f->last_save.ticket);
	fixture_check_page(f, shows);
	fixture_check_wake(f);
}

void fixture_confirm(struct counter_fixture *f)
{
	struct event event = {.kind = EVENT_SAVED, .ticket = f->last_save.ticket};
	f->saved = f->last_save.ticket;
	one_step(f, &event);
}

static void answer_lookup(struct counter_fixture *f, uint32_t lookup)
{
	struct event event = {.kind = EVENT_CARD_FACTS,
			      .facts = {.lookup = lookup, .facts = f->facts}};
	one_step(f, &event);
}

static void answer_pin(struct counter_fixture *f, const struct effect *effect)
{
	bool right = strcmp(effect->pin.pin, "1234") == 0;
	f->guesses = (uint16_t)(right ? 0 : f->guesses + 1);
	struct event event = {.kind = EVENT_PIN,
			      .pin = {.right = right, .wrong = f->guesses}};
	memcpy(event.pin.cashier, effect->pin.cashier, sizeof event.pin.cashier);
	one_step(f, &event);
}

void fixture_event(struct counter_fixture *f, const struct event *event)
{
	uint32_t lookup = f->lookup;
	struct effect pin = {.kind = EFFECT_SHOW};
	bool asks_set = false;
	one_step(f, event);
	for (uint8_t i = 0; i < f->effects.count; i++)
		if (f->effects.effect[i].kind == EFFECT_CHECK_PIN)
			pin = f->effects.effect[i];
		else if (f->effects.effect[i].kind == EFFECT_ASK_PIN_SET)
			asks_set = !f->doubts_pin;
	if (f->lookup != lookup && !f->facts_never)
		answer_lookup(f, f->lookup);
	if (asks_set)
		one_step(f, &(struct event){.kind = EVENT_PIN_SET, .ready = !f->no_pin});
	if (pin.kind == EFFECT_CHECK_PIN && f->checks_pins)
		answer_pin(f, &pin);
	if (!f->withhold && f->saved < f->last_save.ticket)
		fixture_confirm(f);
}

void fixture_start(struct counter_fixture *f, uint8_t seed)
{
	uint8_t seeds[32];
	memset(seeds, seed, sizeof seeds);
	counter_init(&f->counter, &f->rules, seeds, &f->now);
	counter_page(&f->counter, &f->page);
}

struct counter_fixture *fixture_begin(void)
{
	static struct counter_fixture f;

	fixture_init(&f);
	fixture_shop(&f);
	fixture_start(&f, 1);
	return &f;
}

void advance_ms(struct counter_fixture *f, int64_t ms)
{
	static const struct event wake = {.kind = EVENT_WAKE};
	int64_t end = f->now.mono_ms + ms;
	for (;;) {
		int64_t next = counter_wake_ms(&f->counter);
		int64_t to = next < end ? next : end;
		if (to > f->now.mono_ms) {
			f->now.utc_ms += to - f->now.mono_ms;
			f->now.mono_ms = to;
		}
		if (next > end)
			return;
		fixture_event(f, &wake);
	}
}

static void key(struct counter_fixture *f, const char *name)
{
	static const struct {
		const char *name;
		enum key key;
	} keys[] = {
		{"Enter", KEY_ENTER}, {"Back", KEY_BACKSPACE}, {"Esc", KEY_ESCAPE},
		{"F2", KEY_PAUSE},    {"F4", KEY_CASHIER},     {"F10", KEY_MANAGER},
		{"F12", KEY_DEMO},
	};
	struct event event = {.kind = EVENT_KEY, .key = {.key = KEY_TEXT}};
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		if (strcmp(name, keys[i].name) == 0)
			event.key.key = keys[i].key;
	assert(event.key.key != KEY_TEXT || strlen(name) == 1);
	event.key.character = event.key.key == KEY_TEXT ? (unsigned char)name[0] : 0;
	fixture_event(f, &event);
}

void press(struct counter_fixture *f, const char *keys)
{
	char script[FIXTURE_TEXT_MAX], *rest = NULL;
	snprintf(script, sizeof script, "%s", keys);
	for (char *token = strtok_r(script, " ", &rest); token != NULL;
	     token = strtok_r(NULL, " ", &rest)) {
		if (token[0] == '~')
			advance_ms(f, atoll(token + 1));
		else
			key(f, token);
	}
}

void swipe(struct counter_fixture *f, const char *number)
{
	struct event event = {.kind = EVENT_CARD};
	struct card_reading *reading = &event.card.reading;
	memset(reading->number, 'z',
	       sizeof reading->number); /* what lies behind the NUL */
	reading->result = CARD_NUMBER;
	snprintf(reading->number, sizeof reading->number, "%s", number);
	event.card.accepted = strncmp(number, "964", 3) == 0;
	if (event.card.accepted)
		event.card.kind = number[3] == '4' ? CARD_KIND_STAFF : CARD_KIND_BONUS;
	fixture_event(f, &event);
}

void swipe_bad(struct counter_fixture *f, enum card_result result)
{
	struct event event = {
		.kind = EVENT_CARD,
		.card.reading = {.result = result, .error = CARD_CHECKSUM},
	};
	fixture_event(f, &event);
}

static void till_field(struct till_event *till, const char *name, const char *value)
{
	if (strcmp(name, "receipt") == 0) {
		snprintf(till->receipt, sizeof till->receipt, "%s", value);
	} else if (strcmp(name, "cashier") == 0) {
		snprintf(till->cashier, sizeof till->cashier, "%s", value);
	} else if (strcmp(name, "total") == 0) {
		till->has_total = true;
		till->total = atoll(value);
	} else if (strcmp(name, "kind") == 0) {
		till->kind = value[0] == 'r'   ? SALE_RETURN
			     : value[0] == 'v' ? SALE_VOID
					       : SALE_SALE;
	} else {
		assert(strcmp(name, "tender") == 0);
		till->tender = strcmp(value, "cash") == 0 ? TENDER_CASH : TENDER_CARD;
	}
}

void till(struct counter_fixture *f, const char *line)
{
	static const struct {
		const char *name;
		enum till_word word;
	} words[] = {
		{"BEGUN", TILL_BEGUN},   {"PAY", TILL_TOTAL},     {"TOTAL", TILL_TOTAL},
		{"PAID", TILL_PAID},     {"ENDED", TILL_ENDED},   {"HOLD", TILL_HOLD},
		{"RESUME", TILL_RESUME}, {"CANCEL", TILL_CANCEL}, {"SHOWN", TILL_SHOWN},
		{"TENDER", TILL_TENDER}, {"WAIT", TILL_WAIT},     {"GO_ON", TILL_GO_ON},
	};
	struct event event = {.kind = EVENT_TILL};
	char script[256], *rest = NULL;
	bool found = false;
	snprintf(script, sizeof script, "%s", line);
	char *token = strtok_r(script, " ", &rest);
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		if (strcmp(token, words[i].name) != 0)
			continue;
		event.till.word = words[i].word;
		found = true;
	}
	assert(found);
	while ((token = strtok_r(NULL, " ", &rest)) != NULL) {
		char *equals = strchr(token, '=');
		*equals = '\0';
		till_field(&event.till, token, equals + 1);
	}
	fixture_event(f, &event);
}

void fixture_stop(struct counter_fixture *f)
{
	struct event event = {.kind = EVENT_STOP};
	fixture_event(f, &event);
}
