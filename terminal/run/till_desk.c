/* till_desk.c - see till_desk.h */
#include "run/till_desk.h"

#include <string.h>

#include "core/payment_card.h"

static void answer_pay(const struct dispatch *d, const char *dropped, char *out,
		       size_t size)
{
	const struct id visit = counter_visit(&d->counter);
	char text[ID_TEXT_MAX] = "none";

	if (!id_is_none(&visit))
		id_format(&visit, text);
	g_snprintf(out, size, "OK visit=%s%s", text, dropped);
}

static void answer_status(const struct dispatch *d, const struct config *config,
			  uint64_t saved_ticket, char *out, size_t size)
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
	g_snprintf(
		out, size,
		"OK visit=%s reader=%s waiting=%u saved=%s paused=%s clock=%s config=%s",
		text,
		!page.has_reader      ? "none"
		: page.device_streams ? "streams"
		: page.reader_ready   ? "ready"
				      : "off",
		page.waiting,
		saved_ticket >= counter_last_ticket(&d->counter) ? "yes" : "no", paused,
		page.clock_wrong ? "doubtful" : "ok", config->mark);
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

/* What the guard says by the rules of the reader that lets most pass (of none: any number). */
static enum payment_card_verdict judge(const struct config *config, const char *number)
{
	static const struct card_rules any = {.any = true};
	enum payment_card_verdict verdict = PAYMENT_CARD_PAYMENT;

	if (config->n_readers == 0)
		return payment_card_text(number, strlen(number), false, &any);
	for (int i = 0; i < config->n_readers && verdict != PAYMENT_CARD_CLEAR; i++)
		verdict = payment_card_text(number, strlen(number), false,
					    &config->readers[i].rules);
	return verdict;
}

/* True: the number was refused, and that is told. */
static bool refuse(struct dispatch *d, const struct config *config, const char *number,
		   char *out, size_t size)
{
	struct event event = {.kind = EVENT_CARD, .card = {.reader = READER_SOCKET}};

	switch (judge(config, number)) {
	case PAYMENT_CARD_CLEAR:
		return false;
	case PAYMENT_CARD_PAYMENT:
		event.card.reading.result = CARD_REFUSED_PAYMENT;
		g_strlcpy(out, "ERR refused payment-card", size);
		break;
	case PAYMENT_CARD_DOCUMENT:
		event.card.reading.result = CARD_REFUSED_DOCUMENT;
		g_strlcpy(out, "ERR refused id-document", size);
		break;
	}
	dispatch_event(d, &event);
	return true;
}

/* A word of the till is told to the core without a payment card's number: the sale counts. */
static void answer_word(struct dispatch *d, const struct config *config,
			const struct till_event *till, char *out, size_t size)
{
	struct event event = {.kind = EVENT_TILL, .till = *till};
	const char *dropped = "";

	if (judge(config, till->cashier) != PAYMENT_CARD_CLEAR) {
		memset(event.till.cashier, 0, sizeof(event.till.cashier));
		dropped = " refused=cashier";
	}
	if (judge(config, till->receipt) != PAYMENT_CARD_CLEAR) {
		memset(event.till.receipt, 0, sizeof(event.till.receipt));
		dropped = " refused=receipt";
	}
	dispatch_event(d, &event);
	if (till->word == TILL_TOTAL)
		answer_pay(d, dropped, out, size);
	else
		g_snprintf(out, size, "OK%s", dropped);
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

	if (refuse(d, config, number, out, size))
		return;
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
	switch (line->kind) {
	case TILL_LINE_WORD:
		answer_word(dispatch, config, &line->till, out, size);
		break;
	case TILL_LINE_CARD:
		answer_card(dispatch, config, line->card, out, size);
		break;
	case TILL_LINE_STATUS:
		answer_status(dispatch, config, saved_ticket, out, size);
		break;
	case TILL_LINE_WRONG:
		g_assert_not_reached();
	}
}
