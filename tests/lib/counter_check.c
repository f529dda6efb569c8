/* What the counter says, in text, and what must hold after each of its steps. */
#include "tests/lib/counter_fixture.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* ---- text ------------------------------------------------------------------------------- */

__attribute__((format(printf, 2, 3))) static void add(char *text, const char *format, ...)
{
	size_t length = strlen(text);
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(text + length, FIXTURE_TEXT_MAX - length, format, arguments);
	va_end(arguments);
}

static void add_row(struct counter_fixture *f, const struct visit_row *row,
		    const struct fixture_visit *visit)
{
	char *text = f->rows;
	add(text, "%s%s %s", text[0] != '\0' ? "; " : "", trigger_name(row->trigger),
	    outcome_name(row->outcome));
	if (row->reason != REASON_NONE)
		add(text, "/%s", reason_name(row->reason));
	if (row->complaint_choice != 0)
		add(text, " c%d", row->complaint_choice);
	if (row->sale_kind != SALE_NONE)
		add(text, " %s", sale_kind_name(row->sale_kind));
	if (row->receipt[0] != '\0')
		add(text, " receipt=%s", row->receipt);
	if (row->has_total)
		add(text, " total=%lld", (long long)row->total);
	if (row->card[0] != '\0')
		add(text, " card=%s", row->card);
	for (uint8_t i = 0; i < f->questionnaire.count; i++) {
		const struct answer_row *answer = &visit->answers[i];
		if ((visit->answered >> i & 1) == 0)
			continue;
		add(text, " %s=", f->questionnaire.question[i].name);
		if (answer->skipped)
			add(text, "-");
		else if (f->questionnaire.question[i].kind == QUESTION_WORDS)
			add(text, "'%s'", answer->words);
		else
			add(text, "%d", answer->value);
	}
}

static const char *taken(struct counter_fixture *f, char *text)
{
	memcpy(f->text, text, FIXTURE_TEXT_MAX);
	text[0] = '\0';
	return f->text;
}

const char *fixture_rows(struct counter_fixture *f)
{
	return taken(f, f->rows);
}

const char *fixture_cards(struct counter_fixture *f)
{
	return taken(f, f->cards);
}

static void question_text(struct counter_fixture *f)
{
	const struct page *p = &f->page;
	const struct question *q = &f->questionnaire.question[p->question];
	add(f->text, "%s%s %d/%d", p->at_rest ? "rest " : "", q->name, p->place, p->of);
	if (q->kind == QUESTION_WORDS)
		add(f->text, " '%s'", p->words);
	else if (p->marked >= 0)
		add(f->text, " =%d", p->marked);
	if (p->bar > 0)
		add(f->text, " bar=%d", p->bar);
}

const char *fixture_page(struct counter_fixture *f)
{
	static const char *const names[] = {
		[PAGE_GREETING] = "greeting",
		[PAGE_QUESTION] = "",
		[PAGE_THANKS] = "thanks",
		[PAGE_THANKS_UNSAVED] = "unsaved",
		[PAGE_THANKS_PARTIAL] = "partial",
		[PAGE_DECLINED] = "declined",
		[PAGE_COMPLAINT] = "complaint",
		[PAGE_COMPLAINT_SAVED] = "complaint saved",
		[PAGE_CASHIER] = "cashier",
		[PAGE_MANAGER] = "manager",
		[PAGE_ASLEEP] = "asleep",
	};
	static const char *const manager[] = {
		[MANAGER_PIN] = "",
		[MANAGER_HOME] = "",
		[MANAGER_DAY] = " day",
		[MANAGER_PROOF] = " proof",
		[MANAGER_SURVEY] = " survey",
		[MANAGER_QUEUE] = " queue",
		[MANAGER_DEVICES] = " devices",
		[MANAGER_DATABASE] = " database",
		[MANAGER_FILES] = " files",
		[MANAGER_TEST] = " signs",
		[MANAGER_QUIT] = " quit",
	};
	const struct page *p = &f->page;
	f->text[0] = '\0';
	add(f->text, "%s", names[p->kind]);
	if (p->kind == PAGE_QUESTION)
		question_text(f);
	if (p->kind == PAGE_CASHIER && p->number[0] != '\0')
		add(f->text, " %s", p->number);
	if (p->kind == PAGE_MANAGER && p->manager.at != MANAGER_PIN)
		add(f->text, "%s", manager[p->manager.at]);
	if (p->kind == PAGE_MANAGER && p->manager.at == MANAGER_DAY)
		add(f->text, " %d/%d", p->manager.day - p->manager.today,
		    p->manager.item);
	if (p->kind == PAGE_MANAGER && p->manager.at == MANAGER_PROOF)
		add(f->text, " %d", p->manager.day - p->manager.today);
	if (p->test > 0)
		add(f->text, " test %d", p->test);
	if (p->asks_pin || (p->kind == PAGE_MANAGER && p->manager.at == MANAGER_PIN))
		add(f->text, " pin %d", p->typed);
	return f->text;
}

/* ---- invariants ------------------------------------------------------------------------- */

static struct fixture_visit *visit_of(struct counter_fixture *f, const struct id *id)
{
	for (unsigned i = 0; i < FIXTURE_VISITS_MAX; i++)
		if (id_equal(&f->visits[i].id, id))
			return &f->visits[i];
	return NULL;
}

static struct fixture_visit *new_visit(struct counter_fixture *f, const struct id *id)
{
	struct fixture_visit *visit;
	do
		visit = &f->visits[f->visits_n++ % FIXTURE_VISITS_MAX];
	while (!id_is_none(&visit->id) && !visit->closed);
	memset(visit, 0, sizeof *visit);
	visit->id = *id;
	return visit;
}

static void check_answer(struct counter_fixture *f, const struct save *save)
{
	const struct answer_row *answer = &save->answer;
	struct fixture_visit *visit = visit_of(f, &answer->visit);
	int least, most;
	assert(visit != NULL && !visit->closed);
	assert(answer->question < f->questionnaire.count);
	assert(answer->place >= 1 && answer->place <= ASKED_MAX);
	assert(answer->probability > 0 && answer->probability <= 1);
	assert(answer->milliseconds >= -1);
	const struct question *q = &f->questionnaire.question[answer->question];
	question_range(q, &least, &most);
	assert(answer->low == (!answer->skipped && question_is_low(q, answer->value)));
	assert(answer->skipped ? answer->value == 0
			       : answer->value >= least && answer->value <= most);
	assert(memchr(answer->words, '\0', sizeof answer->words) != NULL);
	visit->answers[answer->question] = *answer;
	visit->answered |= UINT32_C(1) << answer->question;
	visit->answers_ticket = save->ticket;
	assert(__builtin_popcount(visit->answered) <= ASKED_MAX);
	f->last_answer = *answer;
}

static void check_card_event(struct counter_fixture *f, const struct card_event_row *row)
{
	bool ours = row->result == CARD_EVENT_ACCEPTED ||
		    row->result == CARD_EVENT_REPEATED ||
		    row->result == CARD_EVENT_REPLACED;
	assert(!id_is_none(&row->id));
	assert(ours == (row->card[0] != '\0'));
	assert(ours || row->card_kind == CARD_KIND_NONE);
	for (size_t i = strlen(row->card); i < sizeof row->card; i++)
		assert(row->card[i] == '\0'); /* nothing lies behind it */
	add(f->cards, "%s%s%s%s%s", f->cards[0] != '\0' ? "; " : "",
	    id_is_none(&row->visit) ? "" : "+", card_event_result_name(row->result),
	    ours ? " " : "", row->card);
	f->last_card_event = *row;
}

static void check_row(struct counter_fixture *f, const struct save *save)
{
	const struct visit_row *row = &save->visit;
	struct fixture_visit *visit = visit_of(f, &row->id);
	if (visit == NULL)
		visit = new_visit(f, &row->id);
	assert(!id_is_none(&row->id) && !visit->closed);
	assert(row->seconds_ms >= 0);
	assert((row->reason != REASON_NONE) == (row->outcome == OUTCOME_NOT_ASKED));
	assert((row->complaint_choice != 0) == (row->outcome == OUTCOME_COMPLAINT));
	f->last_row = *row;
}

void fixture_check_save(struct counter_fixture *f, const struct save *save)
{
	assert(save->ticket == f->last_save.ticket + 1); /* counts by one */
	assert(save->has_visit || save->has_card_event || save->has_queue_time);
	assert(!save->has_answer || save->has_visit);
	assert(!save->closing || save->has_visit);
	if (save->has_visit)
		check_row(f, save);
	if (save->has_answer)
		check_answer(f, save);
	if (save->has_card_event)
		check_card_event(f, &save->card_event);
	if (save->has_queue_time) {
		assert(!id_is_none(&save->queue_time.id));
		assert(save->queue_time.milliseconds >= 0 &&
		       save->queue_time.milliseconds <= QUEUE_PAUSE_MAX_MS);
		f->last_queue_time = save->queue_time;
		f->queue_times++;
	}
	if (save->closing) {
		struct fixture_visit *visit = visit_of(f, &save->visit.id);
		assert(visit != NULL);
		visit->closed = true;
		f->closings++;
		add_row(f, &save->visit, visit);
	}
	f->last_save = *save;
}

/* "Saved" stands there only for a visit whose every answer is durable. */
static void check_thanks(struct counter_fixture *f)
{
	struct id id = counter_visit(&f->counter);
	const struct fixture_visit *visit = visit_of(f, &id);
	if (f->page.test > 0)
		return; /* only the manager sees it, and it says so */
	if (f->page.kind == PAGE_COMPLAINT_SAVED)
		assert(f->counter.overlay.ticket <= f->saved);
	if (f->page.kind != PAGE_THANKS)
		return;
	assert(visit != NULL && !visit->closed && visit->answers_ticket <= f->saved);
	assert(visit->answered != 0);
}

void fixture_check_page(struct counter_fixture *f, bool shows)
{
	struct page one, two;
	memset(&one, 0x55, sizeof one);
	memset(&two, 0xaa, sizeof two);
	counter_page(&f->counter, &one);
	counter_page(&f->counter, &two);
	assert(memcmp(&one, &two, sizeof one) == 0); /* wholly written, deterministic */
	assert(shows == (memcmp(&one, &f->page, sizeof one) != 0));
	f->page = one;
	assert(one.kind != PAGE_QUESTION ||
	       (one.place >= 1 && one.place <= one.of && one.of <= ASKED_MAX));
	assert(one.bar <= VISIT_BAR_S);
	if (!visit_is_open(&f->counter.visit) && one.test == 0) {
		assert(!one.linked &&
		       (one.kind == PAGE_COMPLAINT || one.words[0] == '\0'));
		assert(one.language == f->rules.language ||
		       f->counter.language_ms != MOMENT_NEVER || f->counter.quitting);
	}
	check_thanks(f);
}

/* Woken again and again without getting on: a busy loop. */
void fixture_check_wake(struct counter_fixture *f)
{
	int64_t wake = counter_wake_ms(&f->counter);
	if (wake > f->now.mono_ms) {
		f->late_wakes = 0;
		return;
	}
	f->late_wakes = wake == f->late_wake_ms ? f->late_wakes + 1 : 0;
	f->late_wake_ms = wake;
	assert(f->late_wakes < 2);
}
