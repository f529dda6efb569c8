#include "screen/tty.h"

#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

#include "screen/keys.h"
#include "screen/letters.h"
#include "screen/line.h"

/* Mouse presses, their positions in decimal, bracketed paste: xterm's, ignored by others. */
#define EXTRAS_ON  "\033[?1000h\033[?1006h\033[?2004h"
#define EXTRAS_OFF "\033[?2004l\033[?1006l\033[?1000l"

#define READ_MAX 4096

struct tty {
	struct line line;
	SCREEN *screen;
	FILE *out, *in; /* of ncurses: memory, and the line, which it never reads */
	bool stale;     /* the picture changed while bytes were waiting */
	bool extras;
	attr_t attr[STYLES];
	short pair[STYLES];
	const struct letters *letters;
	struct keys keys;
	struct canvas painted;
};

/* ---- what a style looks like ------------------------------------------------------------- */

static const struct look {
	attr_t color, mono;
	short foreground; /* -1: the terminal's own; background always its own */
} looks[STYLES] = {
	[STYLE_PLAIN] = {A_NORMAL, A_NORMAL, -1},
	[STYLE_TITLE] = {A_BOLD, A_BOLD, -1},
	[STYLE_ANSWER] = {A_BOLD, A_BOLD, COLOR_CYAN},
	[STYLE_MARKED] = {A_BOLD | A_REVERSE, A_REVERSE, COLOR_YELLOW},
	[STYLE_HINT] = {A_NORMAL, A_NORMAL, -1},
	[STYLE_STATUS] = {A_NORMAL, A_NORMAL, COLOR_CYAN},
	[STYLE_GOOD] = {A_BOLD, A_BOLD, COLOR_GREEN},
	[STYLE_ALERT] = {A_BOLD | A_REVERSE, A_REVERSE, COLOR_RED},
	[STYLE_BAR] = {A_BOLD, A_BOLD, COLOR_YELLOW},
	[STYLE_POLE] = {A_BOLD, A_BOLD, COLOR_GREEN},
	[STYLE_DIM] = {A_DIM, A_DIM, -1},
};

static void set_looks(struct tty *tty)
{
	bool color = has_colors() && start_color() == OK && COLORS >= 8;

	if (color)
		use_default_colors();
	for (int style = 0; style < STYLES; style++) {
		tty->attr[style] = color ? looks[style].color : looks[style].mono;
		if (!color || looks[style].foreground < 0)
			continue;
		tty->pair[style] = (short)style;
		init_pair((short)style, looks[style].foreground, -1);
	}
}

/* ---- output ------------------------------------------------------------------------------ */

bool tty_wants_write(const struct tty *tty)
{
	return line_waits(&tty->line);
}

/* What ncurses wrote into memory goes to the line. */
static void collect(struct tty *tty)
{
	int memory = fileno(tty->out);
	off_t n = lseek(memory, 0, SEEK_CUR);
	g_autofree void *bytes = g_malloc((gsize)n);

	if (pread(memory, bytes, (size_t)n, 0) == n)
		line_append(&tty->line, bytes, (size_t)n);
	lseek(memory, 0, SEEK_SET);
}

void tty_flush(struct tty *tty)
{
	line_send(&tty->line);
	if (line_waits(&tty->line) || !tty->stale)
		return;
	tty->stale = false;
	doupdate();
	collect(tty);
	line_send(&tty->line);
}

/* The character of CELL for ncurses: '?' for what this screen cannot show. */
static void convert(const struct tty *tty, const struct cell *cell, cchar_t *out)
{
	wchar_t characters[4] = {(wchar_t)cell->character[0], 0, 0, 0};
	int n = 1;

	if (!letters_can_show_character(tty->letters, cell->character[0]) ||
	    wcwidth(characters[0]) != cell->width)
		characters[0] = '?';
	for (int i = 1; i < 3 && cell->character[i] != 0 && characters[0] != '?'; i++)
		if (letters_can_show_character(tty->letters, cell->character[i]) &&
		    wcwidth((wchar_t)cell->character[i]) == 0)
			characters[n++] = (wchar_t)cell->character[i];
	setcchar(out, characters, tty->attr[cell->style], tty->pair[cell->style], NULL);
}

static void paint_row(const struct tty *tty, const struct canvas *canvas, int row)
{
	cchar_t line[CANVAS_COLS_MAX];
	cchar_t space;
	int n = 0;

	setcchar(&space, L" ", A_NORMAL, 0, NULL);
	for (int col = 0; col < canvas->cols; col++) {
		const struct cell *cell = &canvas->cell[row * canvas->cols + col];
		bool was_wide = col > 0 && cell[-1].width == 2;
		wchar_t left[CCHARW_MAX + 1];
		attr_t attr;
		short pair;

		if (cell->width > 0) {
			convert(tty, cell, &line[n++]);
			continue;
		}
		getcchar(&line[n - 1], left, &attr, &pair, NULL);
		if (was_wide && left[0] == '?')
			line[n++] = space;
	}
	mvadd_wchnstr(row, 0, line, n);
}

static bool same_row(const struct canvas *a, const struct canvas *b, int row)
{
	size_t cols = (size_t)a->cols;

	return memcmp(&a->cell[(size_t)row * cols], &b->cell[(size_t)row * cols],
		      cols * sizeof(struct cell)) == 0;
}

void tty_paint(struct tty *tty, const struct canvas *canvas)
{
	struct canvas *painted = &tty->painted;
	size_t cells = (size_t)canvas->rows * (size_t)canvas->cols;
	bool all = canvas->rows != painted->rows || canvas->cols != painted->cols;

	if (all) {
		canvas_resize(painted, canvas->rows, canvas->cols);
		resize_term(canvas->rows, canvas->cols);
		clearok(stdscr, TRUE);
	}
	for (int row = 0; row < canvas->rows; row++)
		if (all || !same_row(canvas, painted, row))
			paint_row(tty, canvas, row);
	memcpy(painted->cell, canvas->cell, cells * sizeof(struct cell));
	memcpy(painted->hit, canvas->hit, sizeof(painted->hit));
	painted->hits = canvas->hits;
	wnoutrefresh(stdscr);
	tty->stale = true;
	tty_flush(tty);
}

/* ---- input ------------------------------------------------------------------------------- */

struct taker {
	struct tty *tty;
	tty_key_func *take;
	void *self;
};

static void take_event(void *self, const struct keys_event *event)
{
	const struct taker *taker = self;
	struct canvas_hit hit;

	if (event->kind == KEYS_KEY) {
		taker->take(taker->self, event->key, event->character);
		return;
	}
	if (!canvas_touched(&taker->tty->painted, event->row, event->col, &hit))
		return;
	taker->take(taker->self, hit.key, hit.character);
	if (hit.second != 0)
		taker->take(taker->self, hit.key, hit.second);
}

bool tty_read(struct tty *tty, int64_t now_ms, tty_key_func *take, void *self)
{
	struct taker taker = {tty, take, self};
	char bytes[READ_MAX];
	ssize_t n = read(tty->line.fd, bytes, sizeof(bytes));

	if (n < 0)
		return errno == EAGAIN || errno == EINTR;
	keys_feed(&tty->keys, bytes, (size_t)n, now_ms, take_event, &taker);
	explicit_bzero(bytes, sizeof(bytes)); /* PINs */
	return n > 0;
}

void tty_time(struct tty *tty, int64_t now_ms, tty_key_func *take, void *self)
{
	struct taker taker = {tty, take, self};
	struct pollfd input = {tty->line.fd, POLLIN, 0};

	if (poll(&input, 1, 0) == 0) /* else what waits comes first */
		keys_time(&tty->keys, now_ms, take_event, &taker);
}

int64_t tty_deadline_ms(const struct tty *tty)
{
	return keys_deadline_ms(&tty->keys);
}

void tty_drain(struct tty *tty)
{
	tcflush(tty->line.fd, TCIFLUSH);
	keys_drain(&tty->keys);
}

/* ---- opening and closing ----------------------------------------------------------------- */

int tty_fd(const struct tty *tty)
{
	return tty->line.fd;
}

void tty_size(const struct tty *tty, int *rows, int *cols)
{
	line_size(&tty->line, rows, cols);
}

/* Asked once; the screen stays the same. */
static const struct letters *our_letters(void)
{
	static struct letters letters;
	static bool asked;

	if (!asked)
		letters_init(&letters, STDIN_FILENO);
	asked = true;
	return &letters;
}

bool tty_ascii_only(const struct tty *tty)
{
	return !tty->letters->utf8 ||
	       !letters_can_show(our_letters(), "─│┌┐└┘┬┴═║╔╗╚╝▀▄█░");
}

/* newterm() puts its own handlers where there are none. */
static SCREEN *new_screen(const char *term, FILE *out, FILE *in)
{
	static const int signals[] = {SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
	struct sigaction old[G_N_ELEMENTS(signals)];
	SCREEN *screen;

	for (gsize i = 0; i < G_N_ELEMENTS(signals); i++)
		sigaction(signals[i], NULL, &old[i]);
	screen = newterm(term, out, in);
	for (gsize i = 0; i < G_N_ELEMENTS(signals); i++)
		sigaction(signals[i], &old[i], NULL);
	return screen;
}

/* NULL when this terminal has no such capability. */
static const char *capability(const char *name)
{
	const char *value = tigetstr(name);

	return value == (const char *)-1 ? NULL : value;
}

static bool start_curses(struct tty *tty, GError **error)
{
	const char *term = g_getenv("TERM");

	if (term == NULL || term[0] == '\0')
		term = "dumb";
	tty->out = fdopen(memfd_create("screen", MFD_CLOEXEC), "r+");
	tty->in = fdopen(fcntl(tty->line.fd, F_DUPFD_CLOEXEC, 3), "r");
	g_assert(tty->out != NULL && tty->in != NULL);
	tty->screen = new_screen(term, tty->out, tty->in);
	if (tty->screen == NULL || capability("cup") == NULL) {
		g_set_error(
			error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
			"opening the screen: TERM=%s is not known here, or cannot place a "
			"cursor; set TERM to the terminal's kind, for instance linux or "
			"xterm-256color",
			term);
		return false;
	}
	return true;
}

static void start_keys(struct tty *tty)
{
	static const struct {
		const char *capability;
		enum key key;
	} own[] = {
		{"kf2", KEY_PAUSE},
		{"kf4", KEY_CASHIER},
		{"kf10", KEY_MANAGER},
		{"kf12", KEY_DEMO},
	};
	uint32_t high[128];

	for (int byte = 0; byte < 128; byte++) {
		wint_t character = btowc(byte + 128);

		high[byte] = character == WEOF ? 0 : (uint32_t)character;
	}
	keys_init(&tty->keys, tty->letters->utf8 ? NULL : high);
	for (gsize i = 0; i < G_N_ELEMENTS(own); i++)
		keys_add(&tty->keys, capability(own[i].capability), own[i].key);
}

/* What puts the screen back when a signal kills the program. */
static void start_line(struct tty *tty)
{
	static const char *const names[] = {"sgr0", "op", "rmcup", "cnorm"};
	char restore[256] = "";

	if (tty->extras)
		g_strlcat(restore, EXTRAS_OFF, sizeof(restore));
	for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
		if (capability(names[i]) != NULL)
			g_strlcat(restore, capability(names[i]), sizeof(restore));
	line_set_raw(&tty->line, restore);
}

static void start_screen(struct tty *tty)
{
	tty->extras = g_str_has_prefix(capability("cup"), "\033[");
	start_line(tty);
	start_keys(tty);
	nonl();
	typeahead(-1);
	leaveok(stdscr, TRUE);
	curs_set(0);
	set_looks(tty);
	refresh();
	collect(tty);
	if (tty->extras)
		line_append(&tty->line, EXTRAS_ON, strlen(EXTRAS_ON));
}

struct tty *tty_open(int fd, GError **error)
{
	struct tty *tty = g_new0(struct tty, 1);

	if (!line_open(&tty->line, fd, error)) {
		g_free(tty);
		return NULL;
	}
	canvas_init(&tty->painted);
	tty->letters = our_letters();
	if (!start_curses(tty, error)) {
		tty_close(tty);
		return NULL;
	}
	start_screen(tty);
	return tty;
}

void tty_close(struct tty *tty)
{
	if (tty == NULL)
		return;
	if (tty->line.raw) {
		if (tty->extras)
			line_append(&tty->line, EXTRAS_OFF, strlen(EXTRAS_OFF));
		endwin();
		collect(tty);
	}
	line_close(&tty->line);
	if (tty->screen != NULL)
		delscreen(tty->screen);
	fclose(tty->in);
	fclose(tty->out);
	canvas_free(&tty->painted);
	g_free(tty);
}
