/* Bytes become keys, cards, words of the till, time and answers of the store; the invariants
 * of tests/lib/counter_check.c hold after each of them, and at the end every visit is closed. */
#include "tests/lib/counter_fixture.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct input {
	const uint8_t *data;
	size_t left;
};

static uint8_t next(struct input *in)
{
	if (in->left == 0)
		return 0;
	in->left--;
	return *in->data++;
}

static const char *const keys[] = {
	"0", "1", "2", "3", "4", "5", "6", "7",  "8",  "9",   "Enter", "Back",
	"-", ".", "/", "+", "*", "q", "a", "F2", "F4", "F10", "Esc",   "F12",
};

static const char *const cards[] = {"9643000001", "9643000002", "9644000007",
				    "4111111111111111"};

static const char *const words[] = {
	"BEGUN",
	"PAY",
	"PAY receipt=R1",
	"PAY receipt=R2 total=100",
	"PAY kind=return",
	"PAID",
	"ENDED",
	"HOLD",
	"RESUME receipt=R1",
	"CANCEL",
	"PAY receipt=R1 kind=void",
	"PAY cashier=7 tender=cash",
	"SHOWN total=700",
	"SHOWN kind=return total=-1",
	"TENDER tender=cash",
	"WAIT",
	"GO_ON",
	"RESUME receipt=R2",
};
#define WORDS (sizeof words / sizeof words[0])

static const int64_t times[] = {1,    49,   50,   399,  400,  699,   700,   999,
				1000, 1999, 2000, 2999, 4000, 15000, 20000, 60000};

static void shop(struct counter_fixture *f, struct input *in)
{
	uint8_t a = next(in), b = next(in);
	static const enum question_kind kinds[] = {QUESTION_SMILEY, QUESTION_NPS10,
						   QUESTION_NPS11,  QUESTION_YESNO,
						   QUESTION_CHOICE, QUESTION_WORDS};
	fixture_init(f);
	f->rules.offer = (enum offer)(a % 3);
	f->questionnaire.places = (uint8_t)(1 + a / 3 % 5);
	f->rules.holdout_percent = (a & 0x80) != 0 ? 50 : 0;
	f->rules.sample_percent = (a & 0x40) != 0 ? 50 : 100;
	f->no_pin = (b & 1) == 0;
	f->rules.closes_min = (b & 8) != 0 ? 9 * 60 : 0;
	f->rules.languages = (b & 2) != 0 ? 3 : 1;
	f->questionnaire.complaint.choices = (b & 4) != 0 ? 20 : 3;
	f->questionnaire.complaint.rotate = true;
	for (uint8_t n = (uint8_t)(b >> 4); n > 0; n--) {
		uint8_t c = next(in);
		struct question *q = fixture_question(f, "q", kinds[c % 6],
						      (enum question_when)(c >> 6));
		q->every_days = (c & 0x20) != 0 ? 30 : 0;
		q->rotate = (c & 0x10) != 0;
		q->low_choices = c;
		if (q->kind == QUESTION_CHOICE && (c & 8) != 0)
			q->choices = 20;
	}
	fixture_start(f, a);
}

static void facts(struct counter_fixture *f, struct input *in)
{
	uint8_t a = next(in), b = next(in);
	f->facts = (struct card_facts){
		.known = true,
		.last_seen_day = (a & 1) != 0 ? f->now.day - b : DAY_NEVER,
		.last_answered_day = (a & 2) != 0 ? f->now.day - b : DAY_NEVER,
		.last_declined_day = (a & 4) != 0 ? f->now.day - b : DAY_NEVER,
		.swipes_today = (uint16_t)(a >> 5),
	};
	for (int i = 0; i < QUESTIONS_MAX; i++)
		f->facts.question_day[i] = (b >> i % 8 & 1) != 0 ? f->now.day : DAY_NEVER;
}

static void store(struct counter_fixture *f, uint8_t a)
{
	struct event event = {.kind = EVENT_SAVED, .ticket = f->saved + a};
	if (event.ticket > f->saved && event.ticket <= f->last_save.ticket)
		f->saved = event.ticket;
	fixture_event(f, &event);
}

/* What the database and the helper of the day's files answer, also when nobody asked. */
static void answers(struct counter_fixture *f, uint8_t a)
{
	struct event event = {.kind = EVENT_FINDINGS};
	event.findings.number = f->inquiry.number - (a & 1u);
	event.findings.kind = f->inquiry.kind;
	event.findings.unread = (a & 2) != 0;
	event.findings.items = a >> 4;
	if (f->inquiry.item < event.findings.items)
		event.findings.item = f->inquiry.item;
	fixture_event(f, &event);
	event = (struct event){.kind = EVENT_FILES,
			       .files.state = (enum files_state)(a % 4)};
	fixture_event(f, &event);
	event = (struct event){.kind = EVENT_GUESSES, .guesses = a};
	if (a == 0x80)
		fixture_event(f, &event);
}

static void other(struct counter_fixture *f, struct input *in, uint8_t what)
{
	struct event event = {.kind = EVENT_WAKE};
	uint8_t a = next(in);
	switch (what % 12) {
	case 0:
		swipe_bad(f, (enum card_result)(CARD_ERROR + a % 3));
		break;
	case 1:
		facts(f, in);
		break;
	case 2:
		f->facts_never = (a & 1) != 0;
		break;
	case 3:
		f->withhold = (a & 1) != 0;
		break;
	case 4:
		f->checks_pins = (a & 1) != 0;
		f->doubts_pin = (a & 2) != 0;
		event = (struct event){.kind = EVENT_PIN_SET, .ready = (a & 4) != 0};
		if ((a & 8) != 0)
			fixture_event(f, &event);
		break;
	case 5:
		store(f, a);
		break;
	case 6: /* time goes by, and nobody woke the core */
		f->now.mono_ms += times[a % 16];
		f->now.utc_ms += times[a % 16];
		fixture_event(f, &event);
		break;
	case 7:
		event = (struct event){
			.kind = EVENT_PIN,
			.pin = {.right = (a & 1) != 0, .wrong = a >> 1, .cashier = "5"}};
		fixture_event(f, &event);
		break;
	case 8:
		event = (struct event){.kind = EVENT_READER,
				       .reader.ready = (a & 1) != 0};
		fixture_event(f, &event);
		event = (struct event){
			.kind = EVENT_STREAM,
			.stream = {a % (DEVICE_TILL + 1), (a & 0x80) != 0}};
		fixture_event(f, &event);
		answers(f, a);
		break;
	case 9:
		event = (struct event){.kind = EVENT_CARD_FACTS,
				       .facts = {f->lookup - (a & 1), f->facts}};
		fixture_event(f, &event);
		break;
	case 10:
		event = (struct event){.kind = EVENT_KEY,
				       .key = {KEY_TEXT, (uint32_t)(a << 8 | next(in))}};
		fixture_event(f, &event);
		break;
	case 11:
		f->now.day += a % 3;
		f->now.utc_ms += a % 2 != 0 ? -5000 : 5000; /* somebody sets the clock */
		if (a == 0xff)
			fixture_stop(f);
		break;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct counter_fixture fixture;
	struct counter_fixture *f = &fixture;
	struct input in = {data, size};
	shop(f, &in);
	while (in.left > 0) {
		uint8_t op = next(&in);
		if (op < 0x60)
			press(f, keys[op % 24]);
		else if (op < 0x80)
			swipe(f, cards[op % 4]);
		else if (op < 0xa0)
			till(f, words[op % WORDS]);
		else if (op < 0xd0)
			advance_ms(f, times[op % 16]);
		else
			other(f, &in, op);
	}
	fixture_stop(f);
	fixture_confirm(f);
	for (int i = 0; i < FIXTURE_VISITS_MAX; i++)
		assert(id_is_none(&f->visits[i].id) || f->visits[i].closed);
	assert(f->quits == 1 && counter_wake_ms(&f->counter) == MOMENT_NEVER);
	return 0;
}
