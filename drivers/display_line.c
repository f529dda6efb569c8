#include "drivers/display_line.h"

#include <string.h>

/* The row's functions get the reader's decoder; the line is what lies around it. */
#define LINE_OF(decoder)                                                                 \
	((struct display_line *)(void *)((char *)(decoder)-offsetof(struct display_line, \
								    reader.decoder)))
#define CONST_LINE_OF(decoder)                                                         \
	((const struct display_line *)(const void *)((const char *)(decoder)-offsetof( \
		struct display_line, reader.decoder)))

static bool is_blank(display_picture picture)
{
	for (int row = 0; row < DISPLAY_ROWS; row++)
		for (int col = 0; col < DISPLAY_COLS; col++)
			if (picture[row][col].character != ' ')
				return false;
	return true;
}

static bool same(display_picture a, display_picture b)
{
	for (int row = 0; row < DISPLAY_ROWS; row++)
		for (int col = 0; col < DISPLAY_COLS; col++)
			if (a[row][col].character != b[row][col].character ||
			    a[row][col].mark != b[row][col].mark)
				return false;
	return true;
}

static void tell(struct display_line *line, display_picture picture, bool always)
{
	struct display_look look;

	for (int row = 0; row < DISPLAY_ROWS; row++)
		display_line_text(picture[row], look.line[row]);
	look.kicked = display_take_kick(&line->display);
	if (!always && !look.kicked && strcmp(look.line[0], line->told.line[0]) == 0 &&
	    strcmp(look.line[1], line->told.line[1]) == 0)
		return;
	line->told = look;
	line->sink(&look, line->user);
}

/* Looks at a line that is not quiet. */
static void look_busy(struct display_line *line, int64_t now_ms)
{
	struct display_screen *screen = &line->display.screen;
	display_picture *picture;
	bool stands = false;

	if (!line->pending) {
		line->pending = true;
		line->has_whole = false;
		line->busy_since_ms = line->whole_since_ms = now_ms;
		line->wholes = screen->wholes;
	}
	if (screen->wholes != line->wholes) {
		if (!same(line->whole, screen->whole))
			line->whole_since_ms = now_ms;
		memcpy(line->whole, screen->whole, sizeof(line->whole));
		line->wholes = screen->wholes;
		line->has_whole = true;
		stands = now_ms - line->whole_since_ms >= DISPLAY_QUIET_MS;
	}
	if (!stands && now_ms - line->busy_since_ms < DISPLAY_BUSY_MS)
		return;
	line->busy_since_ms = now_ms;
	picture = line->has_whole ? &line->whole : &screen->cells;
	if (!is_blank(*picture))
		tell(line, *picture, false);
}

void display_line_feed(struct display_line *line, const unsigned char *bytes, size_t n,
		       int64_t now_ms)
{
	display_feed(&line->display, bytes, n);
	look_busy(line, now_ms);
}

void display_line_quiet(struct display_line *line)
{
	if (!line->pending)
		return;
	line->pending = false;
	display_quiet(&line->display);
	tell(line, line->display.screen.cells, true);
}

bool display_line_pending(const struct display_line *line)
{
	return line->pending;
}

/* ---- as a reader's protocol ----------------------------------------------------------- */

static void row_init(union reader_decoder *decoder, const struct reader_options *options)
{
	(void)decoder;
	(void)options;
}

static void row_feed(union reader_decoder *decoder, const unsigned char *bytes, size_t n,
		     int64_t now_ms, card_sink *sink, void *user)
{
	(void)sink;
	(void)user;
	display_line_feed(LINE_OF(decoder), bytes, n, now_ms);
}

static void row_idle(union reader_decoder *decoder, card_sink *sink, void *user)
{
	(void)sink;
	(void)user;
	display_line_quiet(LINE_OF(decoder));
}

static bool row_pending(const union reader_decoder *decoder)
{
	return display_line_pending(CONST_LINE_OF(decoder));
}

static void row_reset(union reader_decoder *decoder)
{
	struct display_line *line = LINE_OF(decoder);

	line->pending = false;
	display_reset(&line->display);
}

void display_line_init(struct display_line *line,
		       const struct display_line_options *options, display_sink *sink,
		       void *user)
{
	const struct display_protocol *display = options->display.protocol;
	struct reader_options reader;

	memset(line, 0, sizeof(*line));
	line->options = *options;
	line->sink = sink;
	line->user = user;
	line->protocol = (struct reader_protocol){
		.name = display->name,
		.baud = display->baud,
		.frame = display->frame,
		.idle_ms = DISPLAY_QUIET_MS,
		.init = row_init,
		.feed = row_feed,
		.idle = row_idle,
		.pending = row_pending,
		.reset = row_reset,
	};
	display_init(&line->display, &options->display);
	reader = (struct reader_options){
		.device = options->device,
		.protocol = &line->protocol,
		.baud = options->baud,
		.frame = options->frame,
		.no_dtr = !options->dtr,
		.no_rts = !options->rts,
		.listening = options->listening,
	};
	reader_init(&line->reader, &reader);
}
