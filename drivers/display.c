#include "drivers/display.h"

#include <string.h>

#define ETX 0x03
#define LF  0x0A
#define CR  0x0D
#define ESC 0x1B
#define US  0x1F

/* A frame that never ends is no frame. */
#define UNTIL_MAX 64

/* Epson: the count of a user character's bytes. */
#define PATTERN_MAX 5

const struct display_tables display_tables_usual = {
	.n = 3,
	.row = {{0, CODE_PAGE_CP437}, {17, CODE_PAGE_CP866}, {19, CODE_PAGE_CP858}},
};

const struct display_protocol *const display_protocols[] = {
	&display_escpos, &display_cd5220, &display_dsp800,
	&display_utc,    &display_aedex,  &display_surepos,
};
const size_t display_protocols_n = sizeof(display_protocols) /
				   sizeof(display_protocols[0]);

const struct display_protocol *display_protocol_find(const char *name)
{
	for (size_t i = 0; i < display_protocols_n; i++) {
		if (strcmp(display_protocols[i]->name, name) == 0)
			return display_protocols[i];
	}
	return NULL;
}

static void to_ground(struct display *d)
{
	d->state = DISPLAY_GROUND;
	d->leads = d->parameters = d->texts = 0;
	code_page_end(&d->reader);
}

void display_reset(struct display *d)
{
	struct display_options options = d->options;

	memset(d, 0, sizeof(*d));
	d->options = options;
	d->page = options.has_page ? options.page : CODE_PAGE_CP437;
	memcpy(d->attention, options.protocol->attention, sizeof(d->attention));
	display_screen_init(&d->screen);
	for (int i = 0; i < DISPLAY_LAYERS; i++)
		memcpy(d->layer[i], d->screen.cells, sizeof(d->layer[i]));
}

void display_init(struct display *d, const struct display_options *options)
{
	d->options = *options;
	display_reset(d);
}

bool display_take_kick(struct display *d)
{
	bool kicked = d->kicked;

	d->kicked = false;
	return kicked;
}

void display_use(struct display *d, enum code_page page)
{
	if (!d->options.has_page)
		d->page = page;
}

/* ---- commands ------------------------------------------------------------------------- */

/* The byte as the table has it: a changed attention pair stands for the set's own. */
static bool lead_byte(const struct display *d, unsigned char byte, int at,
		      unsigned char *out)
{
	const unsigned char *own = d->options.protocol->attention;

	*out = byte;
	if (own[0] == 0 || at > 1)
		return true;
	*out = own[at];
	return byte == d->attention[at];
}

/* The command that LEAD is, or NULL; *begins says whether any begins so. */
static const struct display_command *find(const struct display *d, bool *begins)
{
	const struct display_protocol *p = d->options.protocol;

	*begins = false;
	for (size_t i = 0; i < p->commands_n; i++) {
		const struct display_command *c = &p->commands[i];

		if (c->leads < d->leads || memcmp(c->lead, d->lead, d->leads) != 0)
			continue;
		if (c->leads == d->leads)
			return c;
		*begins = true;
	}
	return NULL;
}

static void finish(struct display *d)
{
	const struct display_command *c = d->command;

	d->state = DISPLAY_GROUND; /* the act may say otherwise */
	if (c->act != NULL)
		c->act(d, d->parameter);
	if (d->state == DISPLAY_GROUND)
		to_ground(d);
}

/* All parameters are there. */
static void tail(struct display *d)
{
	switch (d->command->tail) {
	case TAIL_NONE:
		finish(d);
		break;
	case TAIL_TEXT:
		code_page_end(&d->reader);
		d->texts = 0;
		d->state = DISPLAY_TEXT;
		break;
	case TAIL_FRAME:
		d->state = DISPLAY_UNTIL;
		d->until = ETX;
		d->left = UNTIL_MAX;
		break;
	}
}

static void begin(struct display *d, const struct display_command *c)
{
	d->command = c;
	d->parameters = 0;
	d->state = DISPLAY_PARAMETERS;
	if (c->parameters == 0)
		tail(d);
}

static void put_text(struct display *d, unsigned char byte)
{
	uint32_t c[2];
	int n = code_page_read(&d->reader, d->page, byte, c);

	for (int i = 0; i < n; i++)
		display_screen_put(&d->screen, c[i], 0);
}

static void take(struct display *d, unsigned char byte);

/* What was taken for the beginning of a command is none. */
static void unknown(struct display *d, unsigned char byte)
{
	const struct display_protocol *p = d->options.protocol;
	bool again;

	if (d->leads == 3 && p->attention[0] != 0 && byte == d->attention[0] &&
	    byte == d->attention[1]) {
		d->leads = 2; /* a pair of equal bytes, and one of them more before it */
		return;
	}
	if (d->leads == 3 && p->unknown_until != 0) {
		d->state = DISPLAY_UNTIL;
		d->until = p->unknown_until;
		d->left = UNTIL_MAX;
		if (byte == d->until)
			to_ground(d);
		return;
	}
	/* ESC x and US x are two bytes, unless x begins another command */
	again = byte < 0x20 || (d->lead[0] != ESC && d->lead[0] != US);
	to_ground(d);
	if (again)
		take(d, byte);
}

static void lead(struct display *d, unsigned char byte)
{
	const struct display_command *c;
	unsigned char as;
	bool begins = false;

	if (lead_byte(d, byte, d->leads, &as)) {
		d->lead[d->leads++] = as;
		c = find(d, &begins);
		if (c != NULL)
			begin(d, c);
		else if (!begins)
			unknown(d, byte);
		return;
	}
	unknown(d, byte);
}

/* Nothing is begun: text, or the first byte of a command. */
static void ground(struct display *d, unsigned char byte)
{
	const struct display_command *c;
	unsigned char as;
	bool begins = false;

	if (lead_byte(d, byte, 0, &as)) {
		d->lead[0] = as;
		d->leads = 1;
		c = find(d, &begins);
		if (c != NULL) {
			begin(d, c);
			return;
		}
		if (begins) {
			d->state = DISPLAY_LEAD;
			return;
		}
		d->leads = 0;
	}
	if (d->options.protocol->text_is_shown && !d->string_mode)
		put_text(d, byte);
}

static void text(struct display *d, unsigned char byte)
{
	uint32_t c[2];
	int n;

	if (byte == CR) {
		if (code_page_end(&d->reader) && d->texts < DISPLAY_TEXT_MAX)
			d->text[d->texts++] = CODE_PAGE_UNKNOWN;
		finish(d);
		return;
	}
	if (byte < 0x20) {
		to_ground(d);
		take(d, byte);
		return;
	}
	n = code_page_read(&d->reader, d->page, byte, c);
	for (int i = 0; i < n && d->texts < DISPLAY_TEXT_MAX; i++)
		d->text[d->texts++] = c[i];
}

/* ---- the printer's bytes -------------------------------------------------------------- */

/* ESC = n selects again. ESC p m t1 t2 and ESC BEL n1 n2 set the drawer off, and so do
 * DLE DC4 1 m t and, at the beginning of a line, BEL alone. */
static void printer(struct display *d, unsigned char byte)
{
	uint32_t before = d->recent, all;

	d->recent = all = before << 8 | byte;
	if ((all & 0xFFFF00) == 0x1B3D00 && (byte & 2) != 0) {
		d->printer = false;
		to_ground(d);
	} else if ((all & 0xFFFF0000) == 0x1B700000 && ((all >> 8 & 0xFF) & 0xCE) == 0) {
		d->kicked = true;
	} else if ((all & 0xFFFF) == 0x1B07 || (all & 0xFFFFFF) == 0x101401) {
		d->kicked = true;
	} else if (byte == 0x07 && ((before & 0xFF) == LF || (before & 0xFF) == CR)) {
		d->kicked = true;
	}
}

/* ---- bytes ---------------------------------------------------------------------------- */

static void skip(struct display *d)
{
	if (--d->left == 0)
		to_ground(d);
}

/* The count of a user character's bytes; what cannot be one ends the definition. */
static void pattern_count(struct display *d, unsigned char byte)
{
	if (byte > PATTERN_MAX) {
		to_ground(d);
		take(d, byte);
		return;
	}
	d->pattern = byte;
	if (byte > 0)
		d->state = DISPLAY_PATTERN;
	else
		skip(d);
}

static void pattern_byte(struct display *d)
{
	if (--d->pattern > 0)
		return;
	d->state = DISPLAY_PATTERNS;
	skip(d);
}

static void take(struct display *d, unsigned char byte)
{
	switch (d->state) {
	case DISPLAY_GROUND:
		ground(d, byte);
		break;
	case DISPLAY_LEAD:
		lead(d, byte);
		break;
	case DISPLAY_PARAMETERS:
		d->parameter[d->parameters++] = byte;
		if (d->parameters == d->command->parameters)
			tail(d);
		break;
	case DISPLAY_TEXT:
		text(d, byte);
		break;
	case DISPLAY_SKIP:
		skip(d);
		break;
	case DISPLAY_PATTERNS:
		pattern_count(d, byte);
		break;
	case DISPLAY_PATTERN:
		pattern_byte(d);
		break;
	case DISPLAY_UNTIL:
		if (byte == d->until)
			to_ground(d);
		else
			skip(d);
		break;
	}
}

void display_feed(struct display *d, const unsigned char *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (d->printer)
			printer(d, bytes[i]);
		else
			take(d, bytes[i]);
	}
}

void display_quiet(struct display *d)
{
	to_ground(d);
}
