#include "core/sale.h"

#include <string.h>

#include "core/sale_text.h"

/* ---- words ------------------------------------------------------------------------------ */

static bool stands_at(const struct sale_line *line, int at, const struct sale_line *word)
{
	for (int i = 0; i < word->n; i++)
		if (at + i >= line->n ||
		    sale_upper(line->c[at + i]) != sale_upper(word->c[i]))
			return false;
	int end = at + word->n;
	return (at == 0 || !sale_is_letter(line->c[at - 1])) &&
	       (end == line->n || !sale_is_letter(line->c[end]));
}

bool sale_has_word(const char *line, const char *word)
{
	struct sale_line text, sought;
	sale_line_set(&text, line);
	sale_line_set(&sought, word);
	for (int at = 0; sought.n > 0 && at + sought.n <= text.n; at++)
		if (stands_at(&text, at, &sought))
			return true;
	return false;
}

static bool has_any(const struct word_list *words, const char *line)
{
	for (int i = 0; i < words->n; i++)
		if (sale_has_word(line, words->word[i]))
			return true;
	return false;
}

/* ---- lines of goods --------------------------------------------------------------------- */

static bool is_times(uint32_t c)
{
	uint32_t upper = sale_upper(c);
	return upper == 'X' || upper == 0x425 || c == '*' || c == 0xd7;
}

/* "x2", "2 x 45.00", "3*": a sign of times beside a digit, not within a word. */
static bool has_quantity(const struct sale_line *line)
{
	for (int i = 0; i < line->n; i++) {
		if (!is_times(line->c[i]))
			continue;
		int before = i - 1, after = i + 1;
		bool starts = i == 0 || !sale_is_letter(line->c[i - 1]);
		while (before >= 0 && sale_is_space(line->c[before]))
			before--;
		while (after < line->n && sale_is_space(line->c[after]))
			after++;
		bool digit_before = before >= 0 && sale_is_digit(line->c[before]);
		bool digit_after = after < line->n && sale_is_digit(line->c[after]);
		if (digit_after && (digit_before || (starts && i > 0)))
			return true;
	}
	return false;
}

/* Nothing but two numbers with blanks between: price and value. */
static bool has_two_amounts(const struct sale_line *line)
{
	int numbers = 0, decimals = 0;
	for (int i = 0; i < line->n; i++) {
		uint32_t c = line->c[i];
		bool begins = i == 0 || sale_is_space(line->c[i - 1]);
		if (sale_is_letter(c))
			return false;
		numbers += sale_is_digit(c) && begins;
		decimals += (c == '.' || c == ',') && i + 2 < line->n &&
			    sale_is_digit(line->c[i + 1]) &&
			    sale_is_digit(line->c[i + 2]) &&
			    (i + 3 == line->n || sale_is_space(line->c[i + 3]));
	}
	return numbers >= 2 && decimals >= 2;
}

static bool is_goods(const char *line)
{
	struct sale_line text;
	sale_line_set(&text, line);
	return has_quantity(&text) || has_two_amounts(&text);
}

/* ---- two lines -------------------------------------------------------------------------- */

static bool is_blank(const char *line)
{
	struct sale_line text;
	sale_line_set(&text, line);
	return text.n == 0;
}

/* The amount of the first line with such a word, else of the other. */
static bool total_of(const struct word_list *words, const char *const line[2],
		     int64_t *total)
{
	for (int i = 0; i < 2; i++)
		if (has_any(words, line[i]))
			return sale_amount(line[i], false, total) ||
			       sale_amount(line[1 - i], false, total);
	return false;
}

struct sale_reading sale_read(const struct sale_rules *rules, const char *upper,
			      const char *lower)
{
	const char *const line[2] = {upper, lower};
	struct sale_reading r = {.text = SALE_TEXT_OTHER};
	bool goods = is_goods(upper) || is_goods(lower), paid = false, welcome = false,
	     voided = false, wait = false;
	int64_t price;
	for (int i = 0; i < 2; i++) {
		paid = paid || (!is_goods(line[i]) && has_any(&rules->paid, line[i]));
		welcome = welcome || has_any(&rules->welcome, line[i]);
		voided = voided || has_any(&rules->voided, line[i]);
		wait = wait || has_any(&rules->wait, line[i]);
		r.returned = r.returned || has_any(&rules->returned, line[i]);
	}
	r.has_total = !goods && total_of(&rules->total, line, &r.total);
	bool priced = sale_amount(upper, true, &price) ||
		      sale_amount(lower, true, &price);
	if (is_blank(upper) && is_blank(lower))
		r.text = SALE_TEXT_BLANK;
	else if (wait)
		r.text = SALE_TEXT_WAIT;
	else if (paid && !goods)
		r.text = SALE_TEXT_PAID;
	else if (r.has_total)
		r.text = SALE_TEXT_TOTAL;
	else if (goods)
		r.text = SALE_TEXT_ITEM;
	else if (voided && !priced)
		r.text = SALE_TEXT_VOID;
	else if (welcome)
		r.text = SALE_TEXT_WELCOME;
	else if (priced)
		r.text = SALE_TEXT_ITEM;
	if (r.text == SALE_TEXT_ITEM)
		r.returned = false; /* a bottle comes back, not the sale */
	if (r.has_total && r.total < 0)
		r.returned = true;
	return r;
}

/* ---- what it means ---------------------------------------------------------------------- */

struct told {
	struct till_event *events;
	int n;
};

static struct till_event *tell(struct told *told, enum till_word word)
{
	struct till_event *event = &told->events[told->n++];
	memset(event, 0, sizeof *event);
	event->word = word;
	return event;
}

static void begin(struct sale *sale, struct told *told)
{
	if (sale->at == SALE_AT_TOTAL)
		sale->returned = false; /* that was the sale before */
	sale->at = SALE_AT_BEGUN;
	tell(told, TILL_BEGUN);
}

static void end(struct sale *sale, struct told *told)
{
	if (sale->at == SALE_AT_REST)
		return;
	if (sale->at != SALE_AT_BEGUN)
		sale->says_end = true;
	sale->at = SALE_AT_REST;
	sale->returned = false;
	tell(told, TILL_ENDED);
}

/* This display shows nothing but totals: another one is another sale. */
static bool is_next_total(const struct sale *sale, const struct sale_reading *r)
{
	return r->text == SALE_TEXT_TOTAL && !sale->says_end && !sale->shows_goods;
}

static void total(struct sale *sale, const struct sale_reading *r, struct told *told)
{
	bool same = r->total == sale->total;
	switch (sale->at) {
	case SALE_AT_REST:
		if (r->total == 0) /* an empty receipt */
			return;
		break;
	case SALE_AT_BEGUN:
		break;
	case SALE_AT_TOTAL:
		if (same || r->total == 0) /* nothing is left to pay */
			return;
		if (is_next_total(sale, r)) {
			begin(sale, told);
			sale->returned = r->returned;
		}
		break;
	case SALE_AT_PAID:
		if (same)
			return;
		if (r->total == 0) {
			end(sale, told);
			return;
		}
		begin(sale, told);
		break;
	}
	sale->at = SALE_AT_TOTAL;
	sale->total = r->total;
	struct till_event *event = tell(told, TILL_SHOWN);
	event->has_total = true;
	event->total = r->total;
	event->kind = sale->returned ? SALE_RETURN : SALE_NONE;
}

static void item(struct sale *sale, struct told *told)
{
	bool more = sale->at == SALE_AT_BEGUN ||
		    (sale->at == SALE_AT_TOTAL && sale->says_end);
	sale->shows_goods = true;
	if (!more)
		begin(sale, told);
}

static void paid(struct sale *sale, const struct sale_reading *r, struct told *told)
{
	if (sale->at == SALE_AT_PAID)
		return;
	if (r->has_total)
		total(sale, r, told);
	if (sale->at == SALE_AT_TOTAL)
		sale->says_end = true;
	sale->at = SALE_AT_PAID;
	sale->returned = false;
	tell(told, TILL_PAID);
}

static void tender(struct sale *sale, bool *kicked, struct told *told)
{
	if (!*kicked || sale->at == SALE_AT_REST)
		return;
	*kicked = false;
	tell(told, TILL_TENDER)->tender = TENDER_CASH;
}

int sale_look(struct sale *sale, const struct sale_rules *rules, const char *upper,
	      const char *lower, bool kicked, struct till_event events[SALE_EVENTS_MAX])
{
	struct sale_reading r = sale_read(rules, upper, lower);
	struct told told = {events, 0};
	if (sale->waits && r.text != SALE_TEXT_WAIT)
		tell(&told, TILL_GO_ON);
	tender(sale, &kicked, &told);
	if (r.returned)
		sale->returned = true;
	switch (r.text) {
	case SALE_TEXT_OTHER:
		break;
	case SALE_TEXT_BLANK:
	case SALE_TEXT_WELCOME:
		end(sale, &told);
		break;
	case SALE_TEXT_ITEM:
		item(sale, &told);
		break;
	case SALE_TEXT_TOTAL:
		total(sale, &r, &told);
		break;
	case SALE_TEXT_PAID:
		paid(sale, &r, &told);
		break;
	case SALE_TEXT_VOID:
		if (sale->at != SALE_AT_REST)
			tell(&told, TILL_CANCEL);
		sale->at = SALE_AT_REST;
		sale->returned = false;
		break;
	case SALE_TEXT_WAIT:
		if (!sale->waits)
			tell(&told, TILL_WAIT);
		break;
	}
	sale->waits = r.text == SALE_TEXT_WAIT;
	tender(sale, &kicked, &told);
	return told.n;
}
