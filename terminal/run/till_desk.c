/* till_desk.c - see till_desk.h */
#include "run/till_desk.h"

#include <string.h>

#include "core/payment_card.h"

static void answer_pay(const struct dispatch *d, char *out, size_t size)
{
	const struct id visit = counter_visit(&d->counter);
	char text[ID_TEXT_MAX] = "none";

	if (!id_is_none(&visit))
		id_format(&visit, text);
	g_snprintf(out, size, "OK visit=%s", text);
}

static void answer_status(const struct dispatch *d, uint64_t saved_ticket, char *out,
			  size_t size)
{
	const struct id visit = counter_visit(&d->counter);
	char text[ID_TEXT_MAX] = "none", paused[8] = "no";
	struct page page;

	counter_page(&d->counter, &page);
	if (!id_is_none(&visit))
		id_format(&visit, text);
	if (page.paused_until >= 0)
		g_snprintf(paused, sizeof(paused), "%02d:%02d",
			   page.paused_until / 60 % 24, page.paused_until % 60);
	g_snprintf(out, size,
		   "OK visit=%s reader=%s waiting=%u saved=%s paused=%s clock=%s", text,
		   !page.has_reader    ? "none"
		   : page.reader_ready ? "ready"
				       : "off",
		   page.waiting,
		   saved_ticket >= counter_last_ticket(&d->counter) ? "yes" : "no",
		   paused, page.clock_wrong ? "doubtful" : "ok");
}

/* Letters and digits, as many as a card may have. */
static bool is_number(const char *text)
{
	size_t n = strlen(text);

	for (size_t i = 0; i < n; i++)
		if (!g_ascii_isalnum(text[i]))
			return false;
	return n >= 4 && n <= CARD_NUMBER_MAX;
}

/* Whether the rules of some reader (of none: any number) let the number pass the guard. */
static bool passes_guard(const struct config *config, const char *number)
{
	static const struct card_rules any = {.any = true};

	if (config->n_readers == 0)
		return !payment_card_number(number, &any);
	for (int i = 0; i < config->n_readers; i++)
		if (!payment_card_number(number, &config->readers[i].rules))
			return true;
	return false;
}

static bool is_ours(const struct config *config, const char *number, enum card_kind *kind)
{
	for (int i = 0; i < config->n_readers; i++)
		if (card_accepts(&config->readers[i].rules, number, kind))
			return true;
	return config->n_readers == 0;
}

static void answer_card(struct dispatch *d, const struct config *config,
			const char *number, char *out, size_t size)
{
	struct event event = {.kind = EVENT_CARD, .card = {.reader = READER_SOCKET}};

	if (!passes_guard(config, number)) {
		event.card.reading.result = CARD_REFUSED_PAYMENT;
		dispatch_event(d, &event);
		g_strlcpy(out, "ERR refused payment-card", size);
		return;
	}
	if (!is_number(number)) {
		g_strlcpy(out, "ERR a card number is 4 to 40 letters and digits", size);
		return;
	}
	event.card.reading.result = CARD_NUMBER;
	g_strlcpy(event.card.reading.number, number, sizeof(event.card.reading.number));
	event.card.accepted = is_ours(config, number, &event.card.kind);
	dispatch_event(d, &event);
	g_strlcpy(out,
		  event.card.accepted
			  ? "OK"
			  : "ERR foreign: begins with no prefix= of config.ini",
		  size);
}

void till_desk_answer(struct dispatch *dispatch, const struct config *config,
		      const struct till_line *line, uint64_t saved_ticket, char *out,
		      size_t size)
{
	struct event event = {.kind = EVENT_TILL, .till = line->till};

	switch (line->kind) {
	case TILL_LINE_WORD:
		dispatch_event(dispatch, &event);
		if (line->till.word == TILL_TOTAL)
			answer_pay(dispatch, out, size);
		else
			g_strlcpy(out, "OK", size);
		break;
	case TILL_LINE_CARD:
		answer_card(dispatch, config, line->card, out, size);
		break;
	case TILL_LINE_STATUS:
		answer_status(dispatch, saved_ticket, out, size);
		break;
	case TILL_LINE_WRONG:
		g_assert_not_reached();
	}
}
