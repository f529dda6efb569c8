/* rows.h - what a checkout leaves behind: rows, by value, as the store takes them.
 *
 * No pointers but to the questionnaire's strings, so a row can cross to the store thread as it
 * is.  Columns and their meaning: README, "Files" and "A visit".
 */
#ifndef TILLASK_CORE_ROWS_H
#define TILLASK_CORE_ROWS_H

#include "core/card.h"
#include "core/moment.h"
#include "core/questionnaire.h"

#define RECEIPT_MAX 40
#define CASHIER_MAX 20

enum outcome {
	OUTCOME_COMPLETED,
	OUTCOME_PARTIAL,
	OUTCOME_DECLINED,
	OUTCOME_IGNORED,
	OUTCOME_NOT_ASKED,
	OUTCOME_INTERRUPTED,
	OUTCOME_COMPLAINT,
};

enum reason {
	REASON_NONE,
	REASON_COOLDOWN,
	REASON_SAMPLE,
	REASON_PAUSED,
	REASON_BUDGET,
	REASON_STAFF,
	REASON_RETURN,
	REASON_NO_QUESTIONS,
	REASON_TRAINING,
};

enum trigger { TRIGGER_KEY, TRIGGER_CARD, TRIGGER_SALE };
enum sale_kind { SALE_NONE, SALE_SALE, SALE_RETURN, SALE_VOID };
enum tender { TENDER_NONE, TENDER_CASH, TENDER_CARD };
enum respondent { RESPONDENT_CUSTOMER, RESPONDENT_STAFF, RESPONDENT_MYSTERY };

const char *outcome_name(enum outcome o); /* "completed", "not_asked", ... */
const char *reason_name(enum reason r);   /* "", "cooldown", ... */
const char *trigger_name(enum trigger t);
const char *sale_kind_name(enum sale_kind k);   /* "" for SALE_NONE */
const char *tender_name(enum tender t);         /* "" for TENDER_NONE */
const char *respondent_name(enum respondent r); /* "customer", "staff", "mystery" */

/* One visit.  OUTCOME and REASON are always those that would stand if the program ended now:
 * recovery after a power cut writes them as they are. */
struct visit_row {
	struct id id;
	int32_t day; /* business day of the opening */
	struct moment opened;
	struct moment
		last; /* the latest thing that happened; `ended` of a closed visit */
	int64_t offered_ms; /* mono_ms of the offer, or MOMENT_NEVER when none was made */
	int64_t seconds_ms; /* offer (or opening) to `last`, from the monotonic clock, >= 0 */
	enum trigger trigger;
	enum respondent respondent;
	uint8_t language; /* index */
	char card[CARD_NUMBER_MAX +
		  1]; /* "" when none; the store keeps number, token or nothing */
	enum card_kind card_kind;
	char receipt[RECEIPT_MAX + 1];
	char cashier[CASHIER_MAX + 1];
	enum sale_kind sale_kind;
	enum tender tender;
	bool has_total;
	int64_t total; /* smallest units (kopecks) */
	enum outcome outcome;
	enum reason reason;
	uint8_t complaint_choice; /* OUTCOME_COMPLAINT: the choice 1..n; else 0 */
};

/* One answer or one skip; replaces the one of the same visit and question. */
struct answer_row {
	struct id visit;
	uint8_t question; /* index in the questionnaire */
	struct moment at;
	int32_t milliseconds; /* page shown -> key; -1 when the page stood at rest */
	uint8_t place;        /* 1..5: as which question of the visit it was shown */
	double probability;   /* of being asked, fixed before the first answer */
	bool skipped;
	bool low;      /* question_is_low(); kept nowhere, it follows from the wording */
	int16_t value; /* scale value; yesno 1/0; choice 1..n; 0 for words */
	char words[WORDS_MAX + 1]; /* QUESTION_WORDS only, else "" */
};

enum card_event_result {
	CARD_EVENT_ACCEPTED,
	CARD_EVENT_REPEATED,
	CARD_EVENT_REPLACED,
	CARD_EVENT_FOREIGN,
	CARD_EVENT_REFUSED_PAYMENT,
	CARD_EVENT_REFUSED_DOCUMENT,
	CARD_EVENT_ERROR,
};

const char *card_event_result_name(
	enum card_event_result r); /* "error" for CARD_EVENT_ERROR */

struct card_event_row {
	struct id id;
	struct id visit; /* none when it belongs to no visit */
	struct moment at;
	uint8_t reader; /* index of the [reader], READER_TYPED, READER_SOCKET */
	enum card_event_result result;
	enum card_error error;          /* CARD_EVENT_ERROR only */
	char card[CARD_NUMBER_MAX + 1]; /* "" unless accepted, repeated or replaced */
	enum card_kind card_kind;
};

/* What a sale that was asked, or held out, cost the queue (queue_cost.h). */
struct queue_time_row {
	struct id id;
	struct moment at; /* when the next sale began */
	bool held_out;
	int32_t milliseconds; /* from paid to then */
};

#define READERS_MAX   8
#define READER_TYPED  0xfe
#define READER_SOCKET 0xff

/* One transaction.  TICKET counts up by one from 1 in the order made; the store commits in that
 * order and answers with the greatest ticket that is durable. */
struct save {
	uint64_t ticket;
	bool has_visit, has_answer, has_card_event, has_queue_time;
	bool closing; /* with has_visit: outcome is final; seq, outbox, roll-up */
	struct visit_row visit;
	struct answer_row answer;
	struct card_event_row card_event;
	struct queue_time_row queue_time;
};

/* A business day on which nothing happened yet.  Zero, so that a cleared struct knows nothing:
 * 1970-01-01 is before every visit. */
#define DAY_NEVER 0

/* What the store knows of a card when it is swiped (its own memory; days are business days). */
struct card_facts {
	bool known;            /* false: never seen, or the answer did not come in time */
	int32_t last_seen_day; /* last accepted swipe before this one; DAY_NEVER: not yet */
	int32_t last_answered_day; /* completed or partial; DAY_NEVER: not yet */
	int32_t last_declined_day; /* DAY_NEVER: not yet */
	uint16_t swipes_today;     /* accepted, before this one */
	int32_t question_day
		[QUESTIONS_MAX]; /* last day question i was answered; DAY_NEVER: not yet */
};

#endif
