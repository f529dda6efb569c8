#include "screen/keys.h"

#include <stdlib.h>
#include <string.h>

#define ESC 0x1b

/* The well-known sequences, without the ESC.  A text key is its character. */
static const struct known {
	const char *sequence;
	enum key key;
	uint32_t character;
} known[] = {
	/* the keypad with NumLock off, and the same keys elsewhere on the keyboard */
	{"[A", KEY_TEXT, '8'},
	{"OA", KEY_TEXT, '8'},
	{"[B", KEY_TEXT, '2'},
	{"OB", KEY_TEXT, '2'},
	{"[C", KEY_TEXT, '6'},
	{"OC", KEY_TEXT, '6'},
	{"[D", KEY_TEXT, '4'},
	{"OD", KEY_TEXT, '4'},
	{"[E", KEY_TEXT, '5'},
	{"OE", KEY_TEXT, '5'},
	{"[G", KEY_TEXT, '5'},
	{"OG", KEY_TEXT, '5'}, /* Linux console */
	{"[H", KEY_TEXT, '7'},
	{"OH", KEY_TEXT, '7'},
	{"[F", KEY_TEXT, '1'},
	{"OF", KEY_TEXT, '1'},
	{"[1~", KEY_TEXT, '7'},
	{"[7~", KEY_TEXT, '7'},
	{"[4~", KEY_TEXT, '1'},
	{"[8~", KEY_TEXT, '1'},
	{"[2~", KEY_TEXT, '0'},
	{"[3~", KEY_TEXT, '.'},
	{"[5~", KEY_TEXT, '9'},
	{"[6~", KEY_TEXT, '3'},
	/* the keypad in application mode */
	{"Op", KEY_TEXT, '0'},
	{"Oq", KEY_TEXT, '1'},
	{"Or", KEY_TEXT, '2'},
	{"Os", KEY_TEXT, '3'},
	{"Ot", KEY_TEXT, '4'},
	{"Ou", KEY_TEXT, '5'},
	{"Ov", KEY_TEXT, '6'},
	{"Ow", KEY_TEXT, '7'},
	{"Ox", KEY_TEXT, '8'},
	{"Oy", KEY_TEXT, '9'},
	{"On", KEY_TEXT, '.'},
	{"Oj", KEY_TEXT, '*'},
	{"Ok", KEY_TEXT, '+'},
	{"Om", KEY_TEXT, '-'},
	{"Oo", KEY_TEXT, '/'},
	{"OM", KEY_ENTER, 0},
	/* function keys */
	{"OQ", KEY_PAUSE, 0},
	{"[12~", KEY_PAUSE, 0},
	{"[[B", KEY_PAUSE, 0},
	{"OS", KEY_CASHIER, 0},
	{"[14~", KEY_CASHIER, 0},
	{"[[D", KEY_CASHIER, 0},
	{"[21~", KEY_MANAGER, 0},
	{"[24~", KEY_DEMO, 0},
};

static void reset(struct keys *keys)
{
	keys->state = KEYS_GROUND;
	keys->length = 0;
	keys->missing = 0;
}

void keys_init(struct keys *keys, const uint32_t high[128])
{
	memset(keys, 0, sizeof(*keys));
	keys->utf8 = high == NULL;
	if (high != NULL)
		memcpy(keys->high, high, sizeof(keys->high));
	reset(keys);
}

void keys_add(struct keys *keys, const char *sequence, enum key key)
{
	if (sequence == NULL || sequence[0] != ESC || sequence[1] == '\0' ||
	    strlen(sequence) > KEYS_SEQUENCE_MAX || keys->own == KEYS_OWN_MAX)
		return;
	memcpy(keys->own_key[keys->own].sequence, sequence + 1, strlen(sequence));
	keys->own_key[keys->own++].key = key;
}

static void give(enum key key, uint32_t character, keys_func *take, void *self)
{
	take(self, &(struct keys_event){KEYS_KEY, key, character, 0, 0});
}

static void give_touch(int row, int col, keys_func *take, void *self)
{
	if (row >= 0 && col >= 0)
		take(self, &(struct keys_event){KEYS_TOUCH, KEY_TEXT, 0, row, col});
}

/* ---- sequences --------------------------------------------------------------------------- */

/* A press of the first button, with or without Shift, Alt and Ctrl; neither wheel nor move. */
static bool pressed(int button)
{
	return (button & ~(4 | 8 | 16)) == 0;
}

/* "[<button;column;rowM" (xterm, SGR 1006). */
static bool give_sgr_touch(const char *sequence, keys_func *take, void *self)
{
	long value[3];
	const char *p = sequence + 2;
	char *end;

	if (sequence[0] != '[' || sequence[1] != '<')
		return false;
	for (int i = 0; i < 3; i++) {
		value[i] = strtol(p, &end, 10);
		if (end == p || value[i] < 0 || value[i] > 9999)
			return true;
		if (*end != (i < 2 ? ';' : 'M'))
			return true; /* 'm': the release */
		p = end + 1;
	}
	if (*p == '\0' && pressed((int)value[0]))
		give_touch((int)value[2] - 1, (int)value[1] - 1, take, self);
	return true;
}

static void sequence_done(struct keys *keys, keys_func *take, void *self)
{
	const char *sequence = keys->sequence;

	keys->sequence[keys->length] = '\0';
	reset(keys);
	if (strcmp(sequence, "[200~") == 0) {
		keys->state = KEYS_PASTE;
		return;
	}
	if (give_sgr_touch(sequence, take, self))
		return;
	for (int i = 0; i < keys->own; i++)
		if (strcmp(sequence, keys->own_key[i].sequence) == 0) {
			give(keys->own_key[i].key, 0, take, self);
			return;
		}
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (strcmp(sequence, known[i].sequence) == 0) {
			give(known[i].key, known[i].character, take, self);
			return;
		}
}

/* Too long a sequence is none that we know: its first bytes are kept, its end is still found. */
static void keep(struct keys *keys, uint8_t byte)
{
	if (keys->length < KEYS_SEQUENCE_MAX)
		keys->sequence[keys->length++] = (char)byte;
	else
		keys->sequence[0] = '?';
}

static bool is_final(uint8_t byte)
{
	return byte >= 0x40 && byte <= 0x7e;
}

/* The byte after ESC. */
static void escaped(struct keys *keys, uint8_t byte)
{
	keys->length = 0;
	keep(keys, byte);
	if (byte == ESC) /* Alt and a sequence; on its own it is one Escape */
		keys->length = 0;
	else if (byte == '[')
		keys->state = KEYS_CSI;
	else if (byte == 'O')
		keys->state = KEYS_SS3;
	else if (strchr("P]X^_", byte) != NULL && byte != 0)
		keys->state = KEYS_STRING;
	else if (keys->utf8 && byte >= 0xc0)
		keys->state = KEYS_META_UTF8;
	else
		reset(keys); /* Alt and a key */
}

static void csi(struct keys *keys, uint8_t byte, keys_func *take, void *self)
{
	bool first = keys->length == 1;

	keep(keys, byte);
	if (first && byte == '[')
		keys->state = KEYS_CONSOLE;
	else if (first && byte == 'M')
		keys->state = KEYS_MOUSE;
	else if (is_final(byte))
		sequence_done(keys, take, self);
}

/* "[M", then button, column and row, each plus 32. */
static void old_mouse(struct keys *keys, uint8_t byte, keys_func *take, void *self)
{
	const uint8_t *b = (const uint8_t *)keys->sequence + 2;

	keep(keys, byte);
	if (keys->length < 5)
		return;
	reset(keys);
	if (keys->sequence[0] == '[' && pressed(b[0] - 32))
		give_touch(b[2] - 33, b[1] - 33, take, self);
}

/* Up to "ESC [ 201 ~", whatever lies before it. */
static void paste(struct keys *keys, uint8_t byte)
{
	static const char end[] = "\033[201~";

	if (byte == (uint8_t)end[keys->length])
		keys->length++;
	else
		keys->length = byte == ESC;
	if (end[keys->length] == '\0')
		reset(keys);
}

static void string(struct keys *keys, uint8_t byte)
{
	bool ended = byte == 0x07 || (byte == '\\' && keys->sequence[0] == ESC);

	keys->sequence[0] = (char)byte;
	if (ended)
		reset(keys);
}

/* ---- text -------------------------------------------------------------------------------- */

static void control(struct keys *keys, uint8_t byte, keys_func *take, void *self)
{
	switch (byte) {
	case '\r':
	case '\n':
		give(KEY_ENTER, 0, take, self);
		break;
	case '\b':
	case 0x7f:
		give(KEY_BACKSPACE, 0, take, self);
		break;
	case ESC:
		keys->state = KEYS_ESCAPED;
		break;
	default: /* not an enum */
		break;
	}
}

static void utf8_first(struct keys *keys, uint8_t byte)
{
	static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
	int missing = byte >= 0xf0 && byte < 0xf5   ? 3
		      : byte >= 0xe0 && byte < 0xf0 ? 2
		      : byte >= 0xc2 && byte < 0xe0 ? 1
						    : 0;

	keys->missing = missing;
	keys->least = least[missing];
	keys->character = byte & (0x3fu >> missing);
}

static void utf8_next(struct keys *keys, uint8_t byte, keys_func *take, void *self)
{
	keys->character = keys->character << 6 | (byte & 0x3fu);
	if (--keys->missing > 0)
		return;
	if (keys->character >= keys->least && keys->character <= 0x10ffff &&
	    (keys->character < 0xd800 || keys->character > 0xdfff) &&
	    keys->character >= 0xa0)
		give(KEY_TEXT, keys->character, take, self);
}

static void ground(struct keys *keys, uint8_t byte, keys_func *take, void *self)
{
	if (keys->missing > 0 && (byte & 0xc0) == 0x80) {
		utf8_next(keys, byte, take, self);
		return;
	}
	keys->missing = 0;
	if (byte < 0x20 || byte == 0x7f)
		control(keys, byte, take, self);
	else if (byte < 0x80)
		give(KEY_TEXT, byte, take, self);
	else if (keys->utf8)
		utf8_first(keys, byte);
	else if (keys->high[byte - 0x80] != 0)
		give(KEY_TEXT, keys->high[byte - 0x80], take, self);
}

/* ---- bytes and time ---------------------------------------------------------------------- */

static void feed_byte(struct keys *keys, uint8_t byte, keys_func *take, void *self)
{
	switch (keys->state) {
	case KEYS_GROUND:
		ground(keys, byte, take, self);
		break;
	case KEYS_ESCAPED:
		escaped(keys, byte);
		break;
	case KEYS_CSI:
	case KEYS_CONSOLE:
	case KEYS_SS3:
		if (byte < 0x20) { /* half a sequence, then a key */
			reset(keys);
			ground(keys, byte, take, self);
		} else if (keys->state == KEYS_CSI) {
			csi(keys, byte, take, self);
		} else {
			keep(keys, byte);
			if (is_final(byte))
				sequence_done(keys, take, self);
		}
		break;
	case KEYS_STRING:
		string(keys, byte);
		break;
	case KEYS_MOUSE:
		old_mouse(keys, byte, take, self);
		break;
	case KEYS_META_UTF8:
		if ((byte & 0xc0) != 0x80) {
			reset(keys);
			ground(keys, byte, take, self);
		}
		break;
	case KEYS_PASTE:
		paste(keys, byte);
		break;
	case KEYS_FLOOD:
		break;
	}
}

/* How long the state may last without a byte; 0: for ever. */
static int64_t patience_ms(enum keys_state state)
{
	switch (state) {
	case KEYS_GROUND:
		return 0;
	case KEYS_ESCAPED:
		return KEYS_ESCAPE_MS;
	case KEYS_CSI:
	case KEYS_CONSOLE:
	case KEYS_SS3:
	case KEYS_STRING:
	case KEYS_MOUSE:
		return KEYS_SEQUENCE_MS;
	case KEYS_META_UTF8:
	case KEYS_FLOOD:
		return KEYS_PAUSE_MS;
	case KEYS_PASTE:
		return KEYS_PASTE_MS;
	}
	return 0;
}

int64_t keys_deadline_ms(const struct keys *keys)
{
	int64_t ms = patience_ms(keys->state);

	return ms == 0 ? MOMENT_NEVER : keys->since_ms + ms;
}

void keys_time(struct keys *keys, int64_t now_ms, keys_func *take, void *self)
{
	bool escape = keys->state == KEYS_ESCAPED;

	if (now_ms < keys_deadline_ms(keys))
		return;
	reset(keys);
	if (escape)
		give(KEY_ESCAPE, 0, take, self);
}

void keys_drain(struct keys *keys)
{
	keys->missing = 0;
	if (keys->state == KEYS_ESCAPED)
		reset(keys);
	else if (keys->state != KEYS_PASTE)
		keys->sequence[0] = '?'; /* is not known */
}

/* More than a person types, and no marks of a paste in it. */
static bool is_flood(const struct keys *keys, const void *bytes, size_t n)
{
	return n > KEYS_BURST && keys->state != KEYS_PASTE &&
	       memmem(bytes, n, "\033[200~", 6) == NULL;
}

/* A deadline that has passed is not looked at here: bytes that waited while the program was busy
 * still belong to the ESC before them. */
void keys_feed(struct keys *keys, const void *bytes, size_t n, int64_t now_ms,
	       keys_func *take, void *self)
{
	const uint8_t *b = bytes;

	if (keys->state == KEYS_FLOOD)
		keys_time(keys, now_ms, take, self);
	if (is_flood(keys, bytes, n)) {
		reset(keys);
		keys->state = KEYS_FLOOD;
	}
	for (size_t i = 0; i < n; i++)
		feed_byte(keys, b[i], take, self);
	if (n > 0)
		keys->since_ms = now_ms;
}
