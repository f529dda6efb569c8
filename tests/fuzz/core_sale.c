/* Any screens whatever, one after the other: the words that come out make a sale's life.
 * The input: screens, each ended by \n (the drawer was kicked if it ends by \r\n), the lines of
 * one with | between. */
#include "core/sale.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct sale_rules rules = {
	.total = {3, {"TOTAL", "ИТОГО", "TO PAY"}},
	.paid = {2, {"CHANGE", "СДАЧА"}},
	.welcome = {1, {"WELCOME"}},
	.returned = {1, {"REFUND"}},
	.voided = {1, {"VOID"}},
	.wait = {1, {"AGE"}},
};

/* What may follow what. */
static void check(enum sale_at *at, const struct till_event *event)
{
	switch (event->word) {
	case TILL_BEGUN:
		assert(*at != SALE_AT_BEGUN);
		*at = SALE_AT_BEGUN;
		break;
	case TILL_SHOWN:
		assert(event->has_total && *at != SALE_AT_PAID);
		assert(event->total < INT64_C(100000000000000000) &&
		       event->total > -INT64_C(100000000000000000));
		assert(event->total >= 0 || event->kind == SALE_RETURN);
		*at = SALE_AT_TOTAL;
		break;
	case TILL_PAID:
		assert(*at != SALE_AT_PAID);
		*at = SALE_AT_PAID;
		break;
	case TILL_ENDED:
	case TILL_CANCEL:
		assert(*at != SALE_AT_REST);
		*at = SALE_AT_REST;
		break;
	case TILL_TENDER:
		assert(*at != SALE_AT_REST && event->tender == TENDER_CASH);
		break;
	case TILL_WAIT:
	case TILL_GO_ON:
		break;
	case TILL_TOTAL:
	case TILL_HOLD:
	case TILL_RESUME:
		assert(false);
	}
}

static void look(struct sale *sale, enum sale_at *at, const uint8_t *text, size_t n)
{
	char line[2][101] = {"", ""};
	struct till_event events[SALE_EVENTS_MAX];
	bool kicked = n > 0 && text[n - 1] == '\r';
	const uint8_t *bar = memchr(text, '|', n);
	size_t upper = bar != NULL ? (size_t)(bar - text) : n;
	size_t lower = bar != NULL ? n - upper - 1 : 0;
	memcpy(line[0], text, upper < 100 ? upper : 100);
	if (lower > 0)
		memcpy(line[1], bar + 1, lower < 100 ? lower : 100);
	int got = sale_look(sale, &rules, line[0], line[1], kicked, events);
	assert(got >= 0 && got <= SALE_EVENTS_MAX);
	for (int i = 0; i < got; i++)
		check(at, &events[i]);
	assert(*at == sale->at);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct sale sale = {0};
	enum sale_at at = SALE_AT_REST;
	while (size > 0) {
		const uint8_t *end = memchr(data, '\n', size);
		size_t n = end != NULL ? (size_t)(end - data) : size;
		look(&sale, &at, data, n);
		data += n < size ? n + 1 : n;
		size -= n < size ? n + 1 : n;
	}
	return 0;
}
