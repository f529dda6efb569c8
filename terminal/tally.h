/* tally.h - the counts of a period: what figures are made from.
 *
 * Filled by store/census.h from the database, row by row; read by report/.  Holds no row: memory
 * grows with wordings, days, languages, cashiers and cards, never with visits.
 *
 * Whom it counts: of staff and mystery shoppers only their answers (tally_wording.value), of
 * customers everything; training and complaints in no figure.  Definitions: README, "Figures";
 * the details are here.
 *
 * Answers by day and value come from the roll-up (tally_rolled_up), whatever else tells them
 * apart from the visits themselves (tally_visit).  One thread; owns all it holds.
 */
#ifndef TILLASK_TALLY_H
#define TILLASK_TALLY_H

#include <glib.h>

#include "core/figure_counts.h"
#include "core/figure_mean.h"
#include "core/figure_times.h"
#include "core/rows.h"

#define TALLY_RESPONDENTS (RESPONDENT_MYSTERY + 1)
#define TALLY_OUTCOMES    (OUTCOME_COMPLAINT + 1)
#define TALLY_REASONS     (REASON_TRAINING + 1)
/* Values of an answer: skipped, 0, 1, ... CHOICES_MAX.  Words count as 0. */
#define TALLY_VALUES      (CHOICES_MAX + 2)
#define TALLY_SKIPPED     -1
#define TALLY_ANSWERS_MAX 16

/* What tells answers apart.  A cell's key: 0..23, 0 Monday..6, index of tally.names[],
 * enum card_kind, TALLY_TOP and TALLY_OTHERS, TALLY_ALL and TALLY_UNFLAGGED. */
enum tally_by {
	TALLY_BY_HOUR,
	TALLY_BY_WEEKDAY,
	TALLY_BY_CASHIER,
	TALLY_BY_LANGUAGE,
	TALLY_BY_CARD_KIND,
	TALLY_BY_SEGMENT, /* of the main wording, answers with a card that paid */
	TALLY_BY_FLAG,
};
#define TALLY_BYS (TALLY_BY_FLAG + 1)
enum { TALLY_TOP, TALLY_OTHERS };
enum { TALLY_ALL, TALLY_UNFLAGGED };

/* Why a visit with answers is flagged: shown, never left out but where it is said. */
enum tally_flag {
	FLAG_FAST,     /* two or more timed answers, each within TALLY_FAST_MS */
	FLAG_SAME_KEY, /* three or more answers on scales and yes/no, all the same key */
	FLAG_OFTEN,    /* the card's fourth visit of the day, or a later one */
	FLAG_STAFF,    /* a staff card */
	FLAG_NO_SALE,  /* a till is connected, and no sale was open */
};
#define TALLY_FLAGS   (FLAG_NO_SALE + 1)
#define TALLY_FAST_MS 600
#define TALLY_OFTEN   4

struct tally_wording {
	int64_t n; /* wording.n */
	char *question, *point, *text;
	enum question_kind kind;
	uint64_t low_choices;
	GPtrArray *choices; /* texts; choice 1 is [0] */
	int64_t asked;      /* order in which questions were first asked */
	enum score_measure measure;
	int64_t value[TALLY_RESPONDENTS][TALLY_VALUES]; /* [value - TALLY_SKIPPED] */
	int32_t first_day, last_day; /* with a customer's answer; first > last: none */
	struct score_count *day;     /* customers' answers, a day of the period each */
	GArray *by[TALLY_BYS];       /* struct score_count by key */
	struct score_weight weight;  /* of customers\' answers */
	int64_t after_low;           /* of choices: answers that followed a low answer */
};

/* Visits, for rates. */
struct tally_rate {
	int64_t sales, sales_offered; /* sales; those to which an offer was made, */
	int64_t sales_answered;       /* and who answered */
	int64_t asked, answered;      /* opened by the till and asked; and answered */
	int64_t paused;               /* of the sales: not asked for a pause */
};

/* A card, in the period unless said. */
struct tally_card {
	int64_t net, lifetime_net; /* smallest units; over all time */
	int32_t payments, visits;
	int32_t first_day; /* ever; DAY_NEVER: not known */
	int32_t today;     /* the day of today_visits */
	int16_t today_visits;
	bool at_start, at_end; /* active */
	bool awake;            /* seen within sleeping_after_days of the period's end */
	bool has_paid;         /* ever */
	int8_t last; /* answer to the main wording: TALLY_CRITIC.. or TALLY_SILENT */
	int32_t n, good, bad; /* of the main wording */
};
enum { TALLY_CRITIC, TALLY_PASSIVE, TALLY_PROMOTER, TALLY_CLASSES, TALLY_SILENT = -1 };

/* How many of those who found POINT low, and of those who did not, are critics. */
struct tally_critics {
	int64_t low, low_critics, others, other_critics;
};

/* What was done, and the answers to each wording of its point on TALLY_ACTION_DAYS days before
 * it and as many from it on. */
#define TALLY_ACTION_DAYS 28
struct tally_action {
	int64_t id;
	int32_t day;
	char *point, *text, *responsible;
	GArray *before, *after; /* struct score_count by index of tally.wordings */
};

enum tally_entry { ENTRY_MARKETING, ENTRY_WAGES, ENTRY_PASSED, ENTRY_ENTERED };
#define TALLY_ENTRIES (ENTRY_ENTERED + 1)
const char *tally_entry_name(enum tally_entry entry); /* as in the table entry */

struct tally {
	int32_t from, to; /* business days, both included */
	int active_days, sleeping_after_days;
	GPtrArray *wordings;     /* struct tally_wording, by wording.n */
	int main;                /* index of the main one, -1: there is none */
	bool has_till;           /* a till opened a visit in the period */
	int64_t asked, answered; /* customers, opened by the till; from the roll-up */
	int64_t visits;          /* customers' */
	int64_t outcome[TALLY_OUTCOMES][TALLY_REASONS];
	struct tally_rate rate;
	GArray *rates[TALLY_BYS];    /* struct tally_rate by key: hour and cashier */
	GPtrArray *names[TALLY_BYS]; /* of keys: cashiers, languages */
	struct times seconds;        /* of visits that answered */
	struct times queue[2];       /* asked, held out */
	int64_t flagged[TALLY_FLAGS], flagged_visits, answered_visits;
	GHashTable *causes; /* tally_cause_key() -> int64_t: reasons after a low answer */
	GHashTable
		*critics;  /* point's wording index -> struct tally_critics of the main */
	GHashTable *cards; /* text -> struct tally_card */
	int64_t sales, sleeping, new_cards;
	int64_t active_start, active_end, fresh, returned, lost; /* README, "Figures" */
	struct spread bill;     /* sales with a total; returns lower the sum below */
	int64_t net;            /* of all sales, returns taken off */
	struct spread payments; /* of the cards that paid */
	struct spread class_bill[TALLY_CLASSES], class_visits[TALLY_CLASSES];
	struct spread lifetime;   /* net sums of cards that ever paid */
	int64_t top_net, all_net; /* of the top fifth, and of all that paid */
	bool has_entry[TALLY_ENTRIES];
	int64_t entry[TALLY_ENTRIES]; /* sums of the period */
	GPtrArray *actions;           /* struct tally_action by day */
};

/* Counts of the business days FROM..TO, all zero. */
struct tally *tally_new(int32_t from, int32_t to, int active_days,
			int sleeping_after_days);
void tally_free(struct tally *t);

/* Adds a wording; in the order of N.  Texts are copied, choices by tally_choice() in order. */
void tally_wording(struct tally *t, int64_t n, const char *question, const char *point,
		   const char *text, enum question_kind kind, uint64_t low_choices,
		   int64_t asked);
void tally_choice(struct tally *t, const char *text);
/* Index of wording N, -1: not there. */
int tally_find(const struct tally *t, int64_t n);

/* A row of the roll-up.  VALUE as in it: -1 skipped. */
void tally_rolled_up(struct tally *t, int32_t day, enum respondent respondent,
		     int wording, int value, int64_t answers);
/* When the roll-up is in: the main wording is the NPS with the most answers, else the score
 * with the most. */
void tally_choose_main(struct tally *t);

struct tally_answer {
	int wording; /* index */
	int value;
	bool skipped;
	int32_t milliseconds; /* -1: not known */
	uint8_t place;
	double probability; /* of being asked; > 0 */
};

/* One closed visit of the period.  Texts are borrowed, "" when absent. */
struct tally_visit {
	int32_t day;
	uint8_t hour; /* local, in which it began */
	enum trigger trigger;
	enum respondent respondent;
	enum outcome outcome;
	enum reason reason;
	bool offered;
	int64_t milliseconds;
	const char *language, *cashier, *card;
	enum card_kind card_kind;
	enum sale_kind sale_kind;
	bool has_total;
	int64_t total;
	unsigned answers;
	struct tally_answer
		answer[TALLY_ANSWERS_MAX]; /* in any order; is put in that of place */
};
void tally_visit(struct tally *t, struct tally_visit *visit);

/* Money of a visit at any time, for the value of a customer's lifetime. */
void tally_lifetime(struct tally *t, const char *card, enum sale_kind kind,
		    int64_t total);
/* An accepted swipe of a customer's card, from tally_swipes_from() to the period's end. */
int32_t tally_swipes_from(const struct tally *t);
void tally_swipe(struct tally *t, const char *card, int32_t day);
/* When the swipes are in: a card that was ever swiped, and its first day. */
void tally_card_known(struct tally *t, const char *card, int32_t first_day);

/* Everything is in: customers, segments, classes. */
void tally_end(struct tally *t);

/* Keys of causes. */
struct tally_cause {
	int low;    /* index of the wording that was answered low first */
	int reason; /* index of the wording that asked for the reason */
	int choice; /* 1..n */
};
gint64 tally_cause_key(const struct tally_cause *cause);
struct tally_cause tally_cause_of(gint64 key);

/* Whether wording I asks for reasons: a choice without low answers, of whose answers 19 of 20
 * followed a low one in the same visit. */
bool tally_is_reason(const struct tally_wording *w);

/* Customers' answers: to wording W in all, of one value, and as a score. */
int64_t tally_answers(const struct tally_wording *w, enum respondent r);
struct score_count tally_score(const struct tally_wording *w, enum respondent r);

/* Money of a visit as it counts: a return is negative, a void nothing. */
int64_t tally_money(enum sale_kind kind, int64_t total);

#endif
