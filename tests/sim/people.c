#include "sim.h"

#include <glib.h>
#include <string.h>

/* Customers' cards, two of the staff, and another shop's. */
const char *const people_cards[CARDS_MAX] = {
	"9643000000000011", "9643000000000022", "9643000000000033", "9643000000000044",
	"9643000000000055", "9643000000000066", "9643000000000077", "9643000000000088",
	"9643000000000099", "9643000000000100", "9644000000000011", "9644000000000022",
	"777700001111",
};

/* The brands' published test numbers: none of their digits may get anywhere. */
static const char *const bank_cards[] = {
	"4111111111111111",
	"5555555555554444",
	"2200123456789019",
	"378282246310005",
};

static struct question *add(struct questionnaire *all, const char *name,
			    enum question_kind kind, enum question_when when)
{
	struct question *q = &all->question[all->count++];
	q->name = name;
	q->kind = kind;
	q->when = when;
	q->point = "whole";
	for (int l = 0; l < 2; l++) {
		q->text[l] = name;
		q->low[l] = kind <= QUESTION_NPS11 ? "low" : "";
		q->high[l] = kind <= QUESTION_NPS11 ? "high" : "";
	}
	return q;
}

static void add_choices(struct question *q, uint8_t n, bool rotate)
{
	static const char *const names[] = {"a", "b", "c", "d", "e", "f",
					    "g", "h", "i", "j", "k"};
	q->choices = n;
	q->rotate = rotate;
	for (int i = 0; i < n; i++)
		q->choice[i][0] = q->choice[i][1] = names[i];
}

void people_rules(struct sim *sim)
{
	struct questionnaire *all = &sim->questionnaire;
	struct dice *dice = &sim->dice;
	all->places = (uint8_t)(1 + dice_below(dice, 5));
	add(all, "overall", QUESTION_SMILEY,
	    dice_percent(dice, 80) ? WHEN_ALWAYS : WHEN_TURN);
	struct question *nps =
		add(all, "nps", dice_percent(dice, 60) ? QUESTION_NPS10 : QUESTION_NPS11,
		    all->places > 1 ? WHEN_ALWAYS : WHEN_TURN);
	nps->every_days = 90;
	add(all, "queue", QUESTION_SMILEY, WHEN_TURN);
	add(all, "goods", QUESTION_YESNO, WHEN_TURN);
	struct question *prices = add(all, "prices", QUESTION_CHOICE, WHEN_TURN);
	add_choices(prices, 3, false);
	prices->low_choices = 2;
	add_choices(add(all, "improve", QUESTION_CHOICE, WHEN_LOW), 11, true);
	if (dice_percent(dice, 30))
		add(all, "own", QUESTION_WORDS, WHEN_LOW);
	if (dice_percent(dice, 50))
		add(all, "again", QUESTION_YESNO, WHEN_RETURNED);
	all->complaint.name = "complaint";
	all->complaint.kind = QUESTION_CHOICE;
	all->complaint.text[0] = all->complaint.text[1] = "complaint";
	add_choices(&all->complaint, 9, true);

	sim->cards.any = dice_percent(dice, 30);
	sim->cards.n = 2;
	g_strlcpy(sim->cards.prefix[0].digits, "9643",
		  sizeof sim->cards.prefix[0].digits);
	g_strlcpy(sim->cards.prefix[1].digits, "9644",
		  sizeof sim->cards.prefix[1].digits);
	sim->cards.prefix[1].kind = CARD_KIND_STAFF;

	sim->rules = (struct rules){
		.questionnaire = all,
		.offer = (enum offer)dice_below(dice, 3),
		.answer_ms = 20000,
		.grace_ms = 5000,
		.thanks_ms = 4000,
		.cooldown_days = 30,
		.declined_days = 90,
		.sleeping_after_days = 90,
		.sample_percent = (uint8_t)(dice_percent(dice, 70) ? 100 : 50),
		.holdout_percent = 5,
		.queue_budget_ms = 1000,
		.languages = 2,
		.readers = 1,
		.has_till = true,
		.min_n = 5,
		.opens_min = 9 * 60,
		.closes_min = (int16_t)(dice_percent(dice, 50) ? 21 * 60 : 2 * 60),
	};
}

static void press(struct sim *sim, enum key key, uint32_t character)
{
	struct event event = {.kind = EVENT_KEY};
	event.key.key = key;
	event.key.character = character;
	if (key == KEY_TEXT && character >= '0' && character <= '9') {
		sim->last_digit = character;
		sim->last_digit_ms = sim->now.mono_ms;
	}
	world_event(sim, &event);
}

/* What DIGIT says to Q as a customer reads the page; false: nothing, or not for sure. */
static bool meaning(const struct sim *sim, const struct question *q, int digit,
		    int *value)
{
	const struct page *page = &sim->page;
	switch (q->kind) {
	case QUESTION_SMILEY:
		*value = digit;
		return digit >= 1 && digit <= 5;
	case QUESTION_NPS10:
		*value = digit == 0 ? 10 : digit;
		return true;
	case QUESTION_NPS11:
		*value = digit;
		return true;
	case QUESTION_YESNO:
		*value = digit == 1;
		return digit == 1 || digit == 2;
	case QUESTION_CHOICE:
		if (digit == 0 || page->choice_from + digit > q->choices)
			return false;
		*value = page_choice_at(q, page->choice_shift,
					(uint8_t)(page->choice_from + digit - 1));
		return true;
	case QUESTION_WORDS:
		return false;
	}
	return false;
}

/* A digit on a question: the page must show at once that it was taken, whatever the disk does. */
static void answer(struct sim *sim, int digit)
{
	struct page before = sim->page;
	uint8_t question = before.question;
	const struct question *q = &sim->questionnaire.question[question];
	uint32_t character = '0' + (uint32_t)digit;
	int value = 0;
	bool repeats = sim->last_digit == character &&
		       sim->now.mono_ms - sim->last_digit_ms < 400;
	bool sure = !repeats && meaning(sim, q, digit, &value);
	/* the last question was skipped and the disk is slow: it still stands there for a moment */
	bool saving = sim->dispatch.counter.visit.state == VISIT_SAVING;
	bool scale = q->kind == QUESTION_NPS10 || q->kind == QUESTION_NPS11;
	bool held = scale && before.marked == 1;
	press(sim, KEY_TEXT, character);
	struct promised_visit *v = promises_visit(&sim->promises,
						  counter_visit(&sim->dispatch.counter));
	if (v == NULL || q->kind == QUESTION_WORDS)
		return;
	bool unchanged = memcmp(&before, &sim->page, sizeof before) == 0;
	if (held || (sure && scale && digit == 1))
		promises_expect(v, question, EXPECTED_UNSURE, 0);
	else if (sure && !unchanged)
		promises_expect(v, question, EXPECTED_VALUE, value);
	if (sure && unchanged && before.marked < 0 && !saving)
		sim_wrong(sim, "the answer %d to %s changed nothing on the screen", digit,
			  q->name);
}

static void skip(struct sim *sim)
{
	struct page before = sim->page;
	bool known = sim->questionnaire.question[before.question].kind !=
			     QUESTION_WORDS &&
		     before.marked != 1; /* a held 1 takes Enter for itself */
	press(sim, KEY_ENTER, 0);
	struct promised_visit *v = promises_visit(&sim->promises,
						  counter_visit(&sim->dispatch.counter));
	if (v != NULL && memcmp(&before, &sim->page, sizeof before) != 0)
		promises_expect(v, before.question,
				known ? EXPECTED_SKIP : EXPECTED_UNSURE, 0);
}

static void other_key(struct sim *sim)
{
	static const char text[] = "/+*-./+*abc 0123456789qQ\xd1";
	static const enum key keys[] = {KEY_BACKSPACE, KEY_BACKSPACE, KEY_ESCAPE,
					KEY_PAUSE,     KEY_CASHIER,   KEY_MANAGER,
					KEY_ENTER};
	bool question = sim->page.kind == PAGE_QUESTION;
	struct promised_visit *v = promises_visit(&sim->promises,
						  counter_visit(&sim->dispatch.counter));
	/* whatever it does to the question on the screen: nobody is promised the outcome */
	if (v != NULL && question &&
	    v->question[sim->page.question].expected != EXPECTED_NOTHING)
		promises_expect(v, sim->page.question, EXPECTED_UNSURE, 0);
	if (dice_percent(&sim->dice, 60))
		press(sim, KEY_TEXT,
		      (unsigned char)text[dice_below(&sim->dice, sizeof text - 1)]);
	else
		press(sim, keys[dice_below(&sim->dice, G_N_ELEMENTS(keys))], 0);
}

/* The manager leafs through the pages, trains, sets who answers, has files made. */
static void manage(struct sim *sim)
{
	static const char keys[] = "122334665522446880223311230023234567772323";
	if (sim->page.manager.at == MANAGER_PIN) {
		press(sim, KEY_TEXT, '1');
		press(sim, KEY_ENTER, 0);
	} else if (dice_percent(&sim->dice, 80)) {
		press(sim, KEY_TEXT,
		      (unsigned char)keys[dice_below(&sim->dice, sizeof keys - 1)]);
	} else {
		press(sim, dice_percent(&sim->dice, 40) ? KEY_ENTER : KEY_ESCAPE, 0);
	}
}

static void on_card(const struct card_reading *reading, void *user)
{
	struct sim *sim = user;
	struct event event = {.kind = EVENT_CARD};
	event.card.reading = *reading;
	event.card.accepted = reading->result == CARD_NUMBER &&
			      card_accepts(&sim->cards, reading->number,
					   &event.card.kind);
	int card = -1;
	for (int i = 0; i < CARDS_MAX; i++)
		if (strcmp(people_cards[i], reading->number) == 0)
			card = i;
	if (card >= 0)
		sim->promises.swipes[card]++;
	sim->last_card = card;
	world_event(sim, &event);
	struct promised_visit *v = promises_visit(&sim->promises,
						  counter_visit(&sim->dispatch.counter));
	if (v != NULL && card >= 0)
		v->cards = (uint16_t)(v->cards | 1u << card);
}

/* Bytes as the reader sends them, through the real decoder and guard. */
static void swipe(struct sim *sim)
{
	char bytes[200];
	uint32_t what = dice_below(&sim->dice, 10);
	const char *card = people_cards[dice_below(&sim->dice, CARDS_MAX)];
	const char *bank = bank_cards[dice_below(&sim->dice, G_N_ELEMENTS(bank_cards))];
	if (what < 6)
		g_snprintf(bytes, sizeof bytes, ";%s=2512?\r", card);
	else if (what == 6)
		g_snprintf(bytes, sizeof bytes, ";E?\r");
	else if (what == 7)
		g_snprintf(bytes, sizeof bytes, ";777700001111?\r");
	else if (what == 8)
		g_snprintf(bytes, sizeof bytes,
			   "%%B%s^IVANOV/IVAN^2512101?;%s=2512101?\r", bank, bank);
	else
		g_snprintf(bytes, sizeof bytes, ";%s\r", bank);
	magstripe_feed(&sim->magstripe, (unsigned char *)bytes, strlen(bytes), on_card,
		       sim);
	magstripe_idle(&sim->magstripe, on_card, sim);
}

static void till(struct sim *sim)
{
	static const enum till_word words[] = {
		TILL_TOTAL, TILL_TOTAL, TILL_TOTAL, TILL_PAID,   TILL_PAID,  TILL_BEGUN,
		TILL_BEGUN, TILL_ENDED, TILL_HOLD,  TILL_RESUME, TILL_CANCEL};
	struct event event = {.kind = EVENT_TILL};
	event.till.word = words[dice_below(&sim->dice, G_N_ELEMENTS(words))];
	g_snprintf(event.till.receipt, sizeof event.till.receipt, "R%u",
		   dice_below(&sim->dice, 1000));
	event.till.has_total = true;
	event.till.total = dice_below(&sim->dice, 100000);
	if (dice_percent(&sim->dice, 8))
		event.till.kind = SALE_RETURN;
	world_event(sim, &event);
}

/* What stands on the till's customer display, read as the terminal reads it. */
static void display(struct sim *sim)
{
	static const struct sale_rules words = {
		.total = {1, {"TOTAL"}},
		.paid = {1, {"CHANGE"}},
		.welcome = {1, {"WELCOME"}},
		.returned = {1, {"REFUND"}},
		.voided = {1, {"VOID"}},
		.wait = {1, {"AGE CHECK"}},
	};
	static const char *const uppers[] = {"Milk x2",     "Bread x1",
					     "TOTAL 5.00",  "TOTAL 7.50",
					     "TOTAL -2.00", "TOTAL 5.00",
					     "CHANGE 1.00", "CHANGE 1.00",
					     "WELCOME",     "",
					     "VOID",        "AGE CHECK",
					     "REFUND",      "see our coffee"};
	struct till_event events[SALE_EVENTS_MAX];
	const char *upper = uppers[dice_below(&sim->dice, G_N_ELEMENTS(uppers))];
	int n = sale_look(&sim->sale, &words, upper, "", dice_percent(&sim->dice, 10),
			  events);
	struct event pole = {.kind = EVENT_POLE};
	g_strlcpy(pole.pole.line[0], upper, sizeof pole.pole.line[0]);
	world_event(sim, &pole);
	for (int i = 0; i < n; i++) {
		struct event event = {.kind = EVENT_TILL, .till = events[i]};
		world_event(sim, &event);
	}
}

void people_act(struct sim *sim)
{
	struct dice *dice = &sim->dice;
	uint32_t pace = dice_below(dice, 100), what = dice_below(dice, 100);
	sim->acts++;
	sim->next_act_ms = sim->now.mono_ms +
			   (pace < 15   ? 1 + dice_below(dice, 60)
			    : pace < 85 ? 450 + dice_below(dice, 2500)
			    : pace < 99 ? 4000 + dice_below(dice, 30000)
					: INT64_C(86400000) * dice_below(dice, 50));
	if ((sim->page.kind == PAGE_MANAGER || sim->page.test > 0) && what < 80)
		manage(sim);
	else if (sim->page.kind == PAGE_QUESTION && what < 55)
		answer(sim, (int)dice_below(dice, 10));
	else if (sim->page.kind == PAGE_QUESTION && what < 60)
		skip(sim);
	else if (what < 72)
		other_key(sim);
	else if (what < 84)
		swipe(sim);
	else if (what < 90)
		till(sim);
	else if (what < 96)
		display(sim);
	else
		magstripe_feed(&sim->magstripe, (const unsigned char *)"\0\xff;12%B4", 8,
			       on_card, sim);
}

static bool holds_digits_of(const void *data, size_t size, const char *number)
{
	for (size_t i = 0; i + 8 <= strlen(number); i++)
		if (memmem(data, size, number + i, 8) != NULL)
			return true;
	return false;
}

void people_look(struct sim *sim, const struct page *before)
{
	const struct page *page = &sim->page;
	if (page->test > 0)
		return; /* pictures for the technician: the line below says so */
	struct id id = counter_visit(&sim->dispatch.counter);
	struct promised_visit *v = promises_visit(&sim->promises, id);
	if (page->kind == PAGE_THANKS && before->kind != PAGE_THANKS) {
		if (v == NULL ||
		    sim->ticket_of_answers[v - sim->promises.visit] > sim->acked_ticket)
			sim_wrong(
				sim,
				"\"saved\" is on the screen and the store never said so");
		else
			promises_thanks(&sim->promises, id);
	}
	if (page->toast == TOAST_CARD_OK && before->toast != TOAST_CARD_OK &&
	    sim->last_card >= 0)
		sim->promises.accepted[sim->last_card]++;
	if (v == NULL && (page->linked || page->words[0] != '\0'))
		sim_wrong(sim, "something of an earlier customer is on the screen");
	if (v == NULL && page->kind == PAGE_QUESTION && page->marked >= 0)
		sim_wrong(sim, "an earlier customer's answer is on the screen");
	for (size_t i = 0; i < G_N_ELEMENTS(bank_cards); i++)
		/* the manager's part comes from the database, which is looked at in the end */
		if (holds_digits_of(page, offsetof(struct page, manager),
				    bank_cards[i]) ||
		    holds_digits_of(sim->waiting, sim->waiting_n * sizeof sim->waiting[0],
				    bank_cards[i]))
			sim_wrong(sim, "digits of a bank card got past the guard");
}
