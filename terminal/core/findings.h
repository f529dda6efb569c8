/* findings.h - what the manager's pages ask of the database, and what comes back: by value.
 *
 * An inquiry is answered by a reading thread of the store (store/inquiries.h), never on the main
 * loop; a newer one replaces one that waits.  Findings hold figures (core/figure.h) and counts of
 * things, nothing of a single customer: no card, no words.  Zeroed before they are filled, so
 * that equal findings are equal bytes.
 */
#ifndef TILLASK_CORE_FINDINGS_H
#define TILLASK_CORE_FINDINGS_H

#include "core/figure.h"
#include "core/figure_counts.h"
#include "core/queue_cost.h"
#include "core/rows.h"

#define OUTCOMES    (OUTCOME_COMPLAINT + 1)
#define RESPONDENTS (RESPONDENT_MYSTERY + 1)
#define DAY_HOURS   24
/* Values of a question that stand on one page: 0..10; of choices fewer, which have labels. */
#define FINDING_LINES     11
#define FINDING_CHOICES   7
#define FINDING_LABEL_MAX 80 /* bytes */
#define FINDING_TEXT_MAX  200
#define FINDING_ITEMS_MAX 200 /* pages of questions of a day */
#define FINDING_PROOF_MAX 299 /* bytes; store and till have 32 each, a count 20 */
/* Days over which reads of the readers and times of the queue are counted. */
#define FINDING_DEVICE_DAYS 7
#define FINDING_QUEUE_DAYS  30

enum inquiry_kind {
	INQUIRY_NONE,
	INQUIRY_DAY,      /* a business day at a glance */
	INQUIRY_QUESTION, /* page `item` of the questions answered on that day */
	INQUIRY_PROOF,    /* what that day holds, as a text that head office can check */
	INQUIRY_QUEUE, /* what asking costs, over FINDING_QUEUE_DAYS that end with `day` */
	INQUIRY_DEVICES, /* reads of the card readers, over FINDING_DEVICE_DAYS */
	INQUIRY_DATABASE,
};

struct inquiry {
	uint32_t number; /* findings bear it */
	enum inquiry_kind kind;
	int32_t day;
	uint8_t item;
	uint8_t language; /* index: of wordings and choices */
	uint16_t min_n;
};

struct day_findings {
	/* Customers' visits; training is in none of them. */
	uint32_t visits, outcome[OUTCOMES];
	uint32_t asked[DAY_HOURS], answered[DAY_HOURS]; /* by the local hour it began */
	uint32_t staff, mystery, training;
	bool has_nps;
	struct figure nps; /* of the day's first NPS question */
	struct figure response, offer;
};

/* Nothing at all happened. */
bool findings_day_is_empty(const struct day_findings *day);

/* One exact wording of a question, or some of its choices. */
struct question_findings {
	enum question_kind kind;
	uint16_t low;         /* a bit a line: such an answer is a low one */
	uint8_t first, lines; /* the value on line 0; lines used, 0: too few to show */
	uint32_t answers, skipped, count[FINDING_LINES];
	struct figure score[RESPONDENTS]; /* unknown where the kind has none */
	struct figure mean;
	char text[FINDING_TEXT_MAX + 1];
	char label[FINDING_CHOICES][FINDING_LABEL_MAX + 1]; /* QUESTION_CHOICE */
};

/* ASCII (store/proof.h). */
struct proof_findings {
	char text[FINDING_PROOF_MAX + 1];
};

/* Figures in seconds.  percent: of the sales that may be asked are. */
struct queue_findings {
	struct figure half[QUEUE_GROUPS], most[QUEUE_GROUPS]; /* p50, p95 */
	struct figure cost;
};

/* In the words of UnifiedPOS's device statistics. */
struct reader_findings {
	char name[25]; /* [reader NAME], cut */
	uint32_t good_reads, failed_reads, retries, by_kind[CARD_ERRORS];
	struct figure failed; /* share of all reads */
	bool wants_cleaning;
};

struct device_findings {
	uint8_t readers;
	struct reader_findings reader[READERS_MAX];
};

struct database_findings {
	int64_t file_bytes, wal_bytes, free_bytes; /* free: of the disk */
	int64_t visits; /* the greatest seq: closed visits of this generation */
	uint32_t waiting;
	char generation[9]; /* its first eight hexadecimal digits */
};

struct findings {
	uint32_t number;
	enum inquiry_kind kind;
	bool unread; /* the database could not be read now; nothing else is filled */
	int32_t day;
	uint8_t item, items; /* of INQUIRY_DAY and INQUIRY_QUESTION: pages of questions */
	union {
		struct day_findings of_day;
		struct question_findings of_question;
		struct proof_findings of_proof;
		struct queue_findings of_queue;
		struct device_findings of_devices;
		struct database_findings of_database;
	};
};

#endif
