/* event.h - everything that the world can tell the core. */
#ifndef TILLASK_CORE_EVENT_H
#define TILLASK_CORE_EVENT_H

#include "core/findings.h"

enum key {
	KEY_TEXT, /* a printable character: `character`; digits and / + * - . are text too */
	KEY_ENTER,
	KEY_BACKSPACE,
	KEY_ESCAPE,
	KEY_PAUSE,   /* F2 */
	KEY_CASHIER, /* F4 */
	KEY_MANAGER, /* F10 */
	KEY_DEMO,    /* F12: the next recorded swipe of a demo reader */
};

/* What the till says, by socket or read from its customer display. */
enum till_word {
	TILL_BEGUN,
	TILL_TOTAL, /* PAY */
	TILL_PAID,
	TILL_ENDED, /* the display is at rest again */
	TILL_HOLD,
	TILL_RESUME,
	TILL_CANCEL,
	/* a display only */
	TILL_SHOWN, /* the display shows a total: of the sale that is open, if there is one */
	TILL_TENDER, /* how it is paid is known: `tender` */
	TILL_WAIT,   /* the sale stands still for a moment (a document is looked at) */
	TILL_GO_ON,  /* it goes on */
};

/* The two lines of a customer display, 20 characters and as many marks each. */
#define POLE_LINES    2
#define POLE_LINE_MAX 100

/* The line to the customer display, among the devices. */
#define DEVICE_TILL READERS_MAX

struct till_event {
	enum till_word word;
	char receipt[RECEIPT_MAX + 1];
	char cashier[CASHIER_MAX + 1];
	bool has_total;
	int64_t total;
	enum tender tender;
	enum sale_kind kind; /* SALE_NONE: not said, an ordinary sale */
};

/* The day's files, made because the manager wants them now. */
enum files_state { FILES_NONE, FILES_BEGUN, FILES_DONE, FILES_FAILED };
#define FILES_SAID_MAX 200

struct files_made {
	enum files_state state;
	int32_t day;
	uint8_t percent;               /* FILES_BEGUN */
	char said[FILES_SAID_MAX + 1]; /* FILES_FAILED: why, and what to do; any text */
};

enum event_kind {
	EVENT_WAKE, /* the time asked for has come (or any other moment: harmless) */
	EVENT_KEY,
	EVENT_CARD,
	EVENT_CARD_FACTS, /* answer to EFFECT_LOOKUP */
	EVENT_READER,     /* a reader is ready, or is not */
	EVENT_TILL,
	EVENT_TILL_LINE, /* the line to the customer display is `ready`, or is not */
	EVENT_STREAM,    /* a device sends without a pause, or does no longer */
	EVENT_POLE,      /* this terminal is the till's display: what stands on it */
	EVENT_SET_ASIDE, /* the database was damaged; a new one was begun */
	EVENT_EXPORT,    /* the daily files are `ready`, or could not be written */
	EVENT_PUBLISHED, /* all that head office published is `ready`, or some is not used */
	EVENT_SAVED,     /* everything up to `ticket` is durable */
	EVENT_BACKLOG,  /* how many records wait for the server */
	EVENT_PIN,      /* answer to EFFECT_CHECK_PIN */
	EVENT_PIN_SET,  /* answer to EFFECT_ASK_PIN_SET: `ready`, there is one */
	EVENT_GUESSES,  /* wrong PINs in a row before the program began */
	EVENT_FINDINGS, /* answer to EFFECT_INQUIRE */
	EVENT_FILES,    /* how far EFFECT_MAKE_FILES is */
	EVENT_STOP,     /* the program is asked to end */
};

struct event {
	enum event_kind kind;
	union {
		struct {
			enum key key;
			uint32_t character; /* Unicode, KEY_TEXT only */
		} key;
		struct {
			uint8_t reader;
			struct card_reading reading;
			bool accepted; /* CARD_NUMBER: card_accepts() of that reader's rules */
			enum card_kind kind;
		} card;
		struct {
			uint32_t lookup; /* number of the EFFECT_LOOKUP */
			struct card_facts facts;
		} facts;
		struct {
			uint8_t reader;
			bool ready;
		} reader;
		struct {
			uint8_t device; /* a reader, or DEVICE_TILL */
			bool streams;
		} stream;
		struct till_event till;
		struct {
			char line[POLE_LINES][POLE_LINE_MAX + 1]; /* UTF-8, any text */
		} pole;
		bool ready;
		uint64_t ticket;
		uint32_t backlog;
		uint16_t guesses;
		struct findings findings;
		struct files_made files;
		struct {
			bool right;
			uint16_t wrong; /* in a row, of this person, this one too */
			char cashier[CASHIER_MAX + 1]; /* "": the manager's PIN */
		} pin;
	};
};

#endif
