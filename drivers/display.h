/*
 * display: what a till sends to a customer display -> the 2 x 20 characters on it
 *
 * A command set is one file display_NAME.c with a table of commands,
 * and one row of display_protocols[]. The machine that reads them is here and the same for
 * all:
 *
 *            first byte of a command       all its bytes                its parameters
 *   GROUND ---------------------------> LEAD -----------> PARAMETERS ------------------+
 *     ^  text: onto the screen           | unknown             |                      |
 *     |                                  v                     v                      v
 *     +------------------------- SKIP, PATTERNS, UNTIL, TEXT (up to CR) <--------- the act
 *
 *   PRINTER  after `select device` without the display: everything is the printer's, until
 *            the display is selected again; only a drawer kick is noticed
 *
 * Parameters are counted, so they may equal control codes. Text of a command ends at CR; any
 * other control character cuts it, and then it is not shown. Unknown commands, control
 * characters and noise do nothing. The same bytes give the same screen however they were
 * split between calls.
 *
 * Pure, fixed memory, no clock; one thread.
 */
#ifndef DRIVERS_DISPLAY_H
#define DRIVERS_DISPLAY_H

#include "drivers/code_page.h"
#include "drivers/display_screen.h"

struct display;

enum display_tail {
	TAIL_NONE,
	TAIL_TEXT,  /* text up to CR; the act comes then */
	TAIL_FRAME, /* whatever it is, up to ETX */
};

#define DISPLAY_PARAMETERS_MAX 4
#define DISPLAY_TEXT_MAX       (DISPLAY_ROWS * DISPLAY_COLS)
#define DISPLAY_LAYERS         9

struct display_command {
	unsigned char lead[3]; /* the bytes that name it */
	uint8_t leads;         /* how many */
	uint8_t parameters;    /* bytes that follow, whatever they are */
	enum display_tail tail;
	/* NULL: nothing to see */
	void (*act)(struct display *d, const unsigned char *parameters);
};

/* A row of the table. */
struct display_protocol {
	const char *name; /* protocol= */
	unsigned baud;    /* defaults of the line */
	const char *frame;
	const struct display_command *commands;
	size_t commands_n;
	/* Commands begin with a pair that can be changed by command; {0, 0}: they do not. */
	unsigned char attention[2];
	/* An unknown command of the longest lead goes on to this byte; 0: it does not. */
	unsigned char unknown_until;
	bool text_is_shown; /* what is no command is text */
};

extern const struct display_protocol *const display_protocols[];
extern const size_t display_protocols_n;

/* NULL: no such protocol. */
const struct display_protocol *display_protocol_find(const char *name);

/* What numbers of `select code table` mean. */
#define DISPLAY_TABLES_MAX 16
struct display_tables {
	int n;
	struct {
		uint8_t number;
		enum code_page page;
	} row[DISPLAY_TABLES_MAX];
};

/* 0 CP437, 17 CP866, 19 CP858: Epson's. */
extern const struct display_tables display_tables_usual;

struct display_options {
	const struct display_protocol *protocol;
	bool has_page; /* a configured encoding stands, whatever the till selects */
	enum code_page page;
	const struct display_tables *tables; /* borrowed; NULL: the usual ones */
};

enum display_state {
	DISPLAY_GROUND,
	DISPLAY_LEAD,
	DISPLAY_PARAMETERS,
	DISPLAY_TEXT,
	DISPLAY_SKIP,     /* `left` bytes */
	DISPLAY_PATTERNS, /* `left` user characters: a count, and as many bytes */
	DISPLAY_PATTERN,  /* within one */
	DISPLAY_UNTIL,    /* dropped up to `until`, `left` at most */
};

/* All fields are the decoder's own, but the acts of the command sets read and write them. */
struct display {
	struct display_options options;
	enum code_page page;
	struct code_page_reader reader;
	struct display_screen screen;
	unsigned char attention[2];
	bool string_mode; /* CD5220: only lines are written until CLR or CAN */
	display_picture layer[DISPLAY_LAYERS]; /* DSP-800: saved pictures */

	enum display_state state;
	const struct display_command *command;
	unsigned char lead[3], parameter[DISPLAY_PARAMETERS_MAX];
	uint8_t leads, parameters;
	uint32_t left;   /* SKIP, PATTERNS, UNTIL */
	uint8_t pattern; /* PATTERN: bytes of this one */
	unsigned char until;
	uint32_t text[DISPLAY_TEXT_MAX];
	uint8_t texts;

	bool printer;    /* the display is not selected */
	uint32_t recent; /* the last four bytes for the printer */
	bool kicked;     /* the drawer was, since display_take_kick() */
};

/* Options are copied, what they point to is borrowed. */
void display_init(struct display *d, const struct display_options *options);

/* Takes n bytes as they came. */
void display_feed(struct display *d, const unsigned char *bytes, size_t n);

/* The line was quiet: a command that was cut short is forgotten. */
void display_quiet(struct display *d);

/* The line was lost: as after display_init. */
void display_reset(struct display *d);

/* The cash drawer was kicked since the last call. */
bool display_take_kick(struct display *d);

/* ---- for display_NAME.c ------------------------------------------------------------- */

#define DISPLAY_COMMANDS(table) (table), sizeof(table) / sizeof((table)[0])

extern const struct display_protocol display_escpos, display_cd5220, display_dsp800,
	display_utc, display_aedex, display_surepos;

/* Acts that several sets share. */
void display_act_clear(struct display *d, const unsigned char *p);
void display_act_clear_row(struct display *d, const unsigned char *p);
void display_act_reset(struct display *d, const unsigned char *p);
void display_act_left(struct display *d, const unsigned char *p);
void display_act_right(struct display *d, const unsigned char *p);
void display_act_up(struct display *d, const unsigned char *p);
void display_act_down(struct display *d, const unsigned char *p);
void display_act_home(struct display *d, const unsigned char *p);
void display_act_row_start(struct display *d, const unsigned char *p);
void display_act_row_end(struct display *d, const unsigned char *p);
void display_act_bottom(struct display *d, const unsigned char *p);
void display_act_overwrite(struct display *d, const unsigned char *p);
void display_act_vertical(struct display *d, const unsigned char *p);
void display_act_horizontal(struct display *d, const unsigned char *p);
void display_act_position(struct display *d, const unsigned char *p);   /* 0-39 */
void display_act_column_row(struct display *d, const unsigned char *p); /* x y, from 1 */
void display_act_upper(struct display *d, const unsigned char *p);
void display_act_lower(struct display *d, const unsigned char *p);
void display_act_both(struct display *d, const unsigned char *p);
void display_act_select(struct display *d, const unsigned char *p); /* device: bits */
void display_act_table(struct display *d, const unsigned char *p);
void display_act_kick(struct display *d, const unsigned char *p);

/* Text is decoded by `page` from now on, unless an encoding is configured. */
void display_use(struct display *d, enum code_page page);

#endif
