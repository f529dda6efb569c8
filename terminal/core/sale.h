/* sale.h - what stands on a customer display -> what the till is doing.
 *
 *              item                  total                  paid
 *   REST ------------------> BEGUN ---------> TOTAL ---------------------> PAID
 *    ^        begun                  total    |  ^  another amount:         |
 *    |                                        +--+  total (of the same     |
 *    +---- blank or a word of welcome: ended -----------  sale, or begun)   |
 *          (from any of them)                  an item of the next: begun --+
 *
 * The words are the shop's (config.ini), found whole and without regard to case in either
 * line.  A total needs an amount: at the right end of the word's line, else of the other.  A
 * line of goods (a quantity, two amounts) is never a total.
 *
 * An item after a total is the next sale if the display of this till never says that one is
 * over (many do not); once it has, by a word or a blank screen after a total, it is more goods
 * of the same sale.  Another amount after a total is a change of the same sale, but at a
 * display that has shown nothing but totals so far, neither goods nor an end: there it is the
 * next sale (and a voucher makes two of one; else every day would be one long sale).
 *
 * Pure.
 */
#ifndef TILLASK_CORE_SALE_H
#define TILLASK_CORE_SALE_H

#include <stddef.h>

#include "core/event.h"

#define SALE_WORDS_MAX 24

struct word_list {
	int n;
	const char *word[SALE_WORDS_MAX]; /* UTF-8 */
};

/* The words of config.ini. */
struct sale_rules {
	struct word_list total, paid, welcome;
	struct word_list returned; /* goods come back: not asked */
	struct word_list voided;   /* the whole sale is taken back */
	struct word_list wait;     /* the cashier looks at a document: the survey waits */
};

enum sale_text {
	SALE_TEXT_OTHER, /* an advertisement, thanks: says nothing */
	SALE_TEXT_BLANK,
	SALE_TEXT_WELCOME,
	SALE_TEXT_ITEM,
	SALE_TEXT_TOTAL,
	SALE_TEXT_PAID,
	SALE_TEXT_VOID,
	SALE_TEXT_WAIT,
};

struct sale_reading {
	enum sale_text text;
	bool has_total; /* SALE_TEXT_TOTAL always, SALE_TEXT_PAID when it stands there too */
	int64_t total; /* smallest units */
	bool returned;
};

/* What two lines (UTF-8) say. */
struct sale_reading sale_read(const struct sale_rules *rules, const char *upper,
			      const char *lower);

/* The amount at the right end of LINE, in smallest units (1/100): "1 234,50", "1,234.50-",
 * "12.50 EUR", "=1234.5", "12-50", "$1,234", ...  False: there is none.  STRICT: only with two
 * decimals, as prices of goods are written. */
bool sale_amount(const char *line, bool strict, int64_t *amount);

/* Whether WORD stands whole in LINE, in any case. */
bool sale_has_word(const char *line, const char *word);

enum sale_at { SALE_AT_REST, SALE_AT_BEGUN, SALE_AT_TOTAL, SALE_AT_PAID };

/* Zeroed it is at rest. */
struct sale {
	enum sale_at at;
	int64_t total;
	bool says_end;    /* this display has said when a sale is over */
	bool shows_goods; /* and goods */
	bool returned;
	bool waits;
};

#define SALE_EVENTS_MAX 5

/* The screen stands still: writes what that means to EVENTS, returns how many.  KICKED: the
 * drawer was kicked since the screen before; it is the tender of the sale that was open, or
 * that the screen tells. */
int sale_look(struct sale *sale, const struct sale_rules *rules, const char *upper,
	      const char *lower, bool kicked, struct till_event events[SALE_EVENTS_MAX]);

#endif
