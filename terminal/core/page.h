/* page.h - what stands on the screen, as data.  The views draw it; nothing else does.
 *
 * A page is complete: two equal pages (and questionnaire, words, size) are equal pictures.
 */
#ifndef TILLASK_CORE_PAGE_H
#define TILLASK_CORE_PAGE_H

#include "core/event.h"
#include "core/findings.h"

#include <stddef.h>

enum page_kind {
	PAGE_GREETING, /* `rest`: Welcome! (and, `paused` or not, the complaint key) */
	PAGE_QUESTION,
	PAGE_THANKS,         /* every answer durable: the only page that says "saved" */
	PAGE_THANKS_UNSAVED, /* claims nothing */
	PAGE_THANKS_PARTIAL,
	PAGE_DECLINED,
	PAGE_COMPLAINT,       /* choices of questionnaire.complaint */
	PAGE_COMPLAINT_SAVED, /* thanks for a complaint, after the store confirmed it */
	PAGE_CASHIER,         /* F4: swipe a staff card, or number Enter PIN Enter */
	PAGE_MANAGER,         /* F10: `manager` */
	PAGE_ASLEEP, /* outside opening hours: the clock, moving, and nothing else */
};

enum manager_page {
	MANAGER_PIN,
	MANAGER_HOME,
	MANAGER_DAY,    /* item 0 at a glance, 1 by hours, 2.. questions */
	MANAGER_PROOF,  /* the day as one line, and as a QR code */
	MANAGER_SURVEY, /* pause, who answers, training, opening hours */
	MANAGER_QUEUE,
	MANAGER_DEVICES,
	MANAGER_DATABASE,
	MANAGER_FILES, /* the day's files, now */
	MANAGER_TEST,  /* the first test picture: every sign that pages are made of */
	MANAGER_QUIT,  /* really? */
};

#define MANAGER_DAY_HOURS     1
#define MANAGER_DAY_QUESTIONS 2

/* PAGE_MANAGER */
struct page_manager {
	enum manager_page at;
	bool no_pin;           /* F10 opens for everybody */
	bool awaits;           /* the findings are still to come */
	int32_t day;           /* that is looked at, */
	int32_t today;         /* and the one that it is */
	uint8_t item;          /* MANAGER_DAY */
	uint8_t readers_ready; /* a bit each */
	uint8_t percent; /* of the sales that may be asked are: the queue comes first */
	int16_t opens, closes; /* local minutes */
	struct files_made files;
	struct findings findings;
};

enum toast {
	TOAST_NONE,
	TOAST_READER_READY,
	TOAST_READER_OFF,
	TOAST_TILL_READY,
	TOAST_TILL_OFF,
	TOAST_CARD_READ, /* `card_read`: read, and the store does not have it yet */
	TOAST_CARD_OK,   /* the swipe is durable */
	TOAST_CARD_REPEATED,
	TOAST_CARD_ERROR,
	TOAST_CARD_ERROR_3,
	TOAST_CARD_FOREIGN,
	TOAST_CARD_PAYMENT,  /* with `nothing_kept` as second line */
	TOAST_CARD_DOCUMENT, /* likewise */
	TOAST_CARD_OTHER,
	TOAST_CARD_STAFF,
	TOAST_CARD_COOLDOWN,
	TOAST_CARD_OFTEN, /* number */
	TOAST_PAUSED,     /* minute */
	TOAST_RESUMED,
	TOAST_SIGNED_IN, /* cashier */
	TOAST_SIGN_IN_WRONG,
	TOAST_TRAINING_OVER,
};

struct page {
	enum page_kind kind;
	uint16_t test,
		tests; /* a test picture, number of how many: nobody answered anything */
	uint8_t language;
	uint8_t next_language; /* where `/` leads; equal to language: only one, no hint */

	/* PAGE_QUESTION, PAGE_COMPLAINT */
	uint8_t question;  /* index (PAGE_QUESTION) */
	uint8_t place, of; /* 2 of 3 */
	bool at_rest;      /* no visit yet */
	bool offer; /* nothing was said yet: the offer stands above the first question */
	int16_t marked; /* value chosen, or -1 */
	uint8_t choice_from; /* first choice shown on this page of choices, 0-based, a multiple of 9 */
	uint8_t choice_shift; /* choices 1..n-1 are shown rotated left by this; the last stays */
	char words[WORDS_MAX + 1]; /* typed so far */
	bool linked;               /* a card was read: `linked` instead of `anonymous` */
	bool can_go_back;
	uint8_t bar; /* whole seconds left, 1..5, drawn as a bar with `more_time`; 0: none */

	/* PAGE_CASHIER, MANAGER_PIN */
	uint8_t typed;                /* characters of the PIN, drawn as dots */
	char number[CASHIER_MAX + 1]; /* cashier's number, shown */
	bool asks_pin;                /* number is done, the PIN is being typed */
	bool wrong;                   /* the last PIN was wrong */
	uint16_t wait_s;              /* and the next may not be tried yet, so long */

	/* this terminal is the till's display: its two lines, on every page; any text */
	char pole[POLE_LINES][POLE_LINE_MAX + 1];

	/* the cashier's line, on every page */
	enum toast toast;
	char toast_card[6]; /* "*1234" */
	enum card_kind toast_kind;
	uint16_t toast_number;
	int16_t paused_until;       /* local minute of the day, 0..1439; -1 not paused */
	int16_t training_until;     /* likewise */
	enum respondent respondent; /* who answers next */
	bool has_reader, reader_ready;
	bool till_off;       /* the line to the till's display is lost */
	bool device_streams; /* a device sends without a pause */
	bool not_saving, clock_wrong;
	bool set_aside;         /* a damaged database was; PAGE_MANAGER says so */
	bool export_failed;     /* the daily files could not be written; likewise */
	bool published_refused; /* some of what head office published is not used; likewise */
	uint32_t waiting;       /* records the server has not acknowledged */
	int16_t clock;          /* local minute of the day */
	char cashier[CASHIER_MAX + 1]; /* TOAST_SIGNED_IN by number */

	struct page_manager manager; /* PAGE_MANAGER */
};

/* Pages of the day that FINDINGS (INQUIRY_DAY or _QUESTION) are of: an empty one has one. */
int page_day_pages(const struct findings *findings);

/* The choice (1..n) that stands on line LINE (0-based over all choice pages) of a question. */
uint8_t page_choice_at(const struct question *q, uint8_t shift, uint8_t line);

/* Text that somebody types.  Appends CHARACTER as UTF-8 if it is printable and fits into MOST
 * bytes besides the NUL; returns the new length. */
size_t page_append(char *text, size_t length, size_t most, uint32_t character);
/* Takes the last character away; returns the new length. */
size_t page_erase(char *text, size_t length);

#endif
