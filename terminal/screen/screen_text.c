#include "screen/screen_text.h"

#include <glib.h>
#include <string.h>

#define COMBINING_MAX 2

int screen_text_width(uint32_t character)
{
	if (g_unichar_iszerowidth(character))
		return 0;
	return g_unichar_iswide(character) ? 2 : 1;
}

/* What stands for CHARACTER: itself, another, or 0 for nothing. */
static gunichar clean(gunichar character)
{
	switch (character) {
	case '\n':
		return character;
	case '\t':
	case 0x2028:
	case 0x2029:
		return ' ';
	default: /* not an enum */
		break;
	}
	if (character == (gunichar)-1 || character == (gunichar)-2)
		return '?';
	if (g_unichar_iscntrl(character) || g_unichar_type(character) == G_UNICODE_FORMAT)
		return 0;
	return g_unichar_isprint(character) ? character : '?';
}

void screen_text_set(struct screen_text *text, const char *utf8)
{
	const char *p = utf8, *end = utf8 + strlen(utf8);
	int combining = COMBINING_MAX; /* none may come first */

	text->length = 0;
	text->cols = 0;
	while (p < end) {
		gunichar character = g_utf8_get_char_validated(p, end - p);
		int width;

		p = character >= (gunichar)-2 ? p + 1 : g_utf8_next_char(p);
		character = clean(character);
		if (character == 0)
			continue;
		width = screen_text_width(character);
		combining = width == 0 ? combining + 1 : 0;
		if (combining > COMBINING_MAX)
			continue;
		if (text->length + g_unichar_to_utf8(character, NULL) > SCREEN_TEXT_MAX)
			break;
		text->length += g_unichar_to_utf8(character, text->utf8 + text->length);
		text->cols += width;
	}
	text->utf8[text->length] = '\0';
}

struct screen_line screen_text_head(const struct screen_text *text, int cols)
{
	struct screen_line line = {0, 0, 0};

	while (line.length < text->length) {
		const char *p = text->utf8 + line.length;
		int width = screen_text_width(g_utf8_get_char(p));

		if (line.cols + width > cols)
			break;
		line.cols += width;
		line.length = (int)(g_utf8_next_char(p) - text->utf8);
	}
	return line;
}

static bool closes(GUnicodeType type)
{
	return type == G_UNICODE_CLOSE_PUNCTUATION ||
	       type == G_UNICODE_FINAL_PUNCTUATION || type == G_UNICODE_OTHER_PUNCTUATION;
}

/* May a line end between the wide character BEFORE and AFTER? */
static bool breaks_between(gunichar before, gunichar after)
{
	if (screen_text_width(before) != 2 || screen_text_width(after) == 0)
		return false;
	return !closes(g_unichar_type(after)) &&
	       g_unichar_type(before) != G_UNICODE_OPEN_PUNCTUATION;
}

/* The next stretch without a break in it, from byte FROM: its end, and its columns. */
static int word_end(const struct screen_text *text, int from, int *cols)
{
	const char *p = text->utf8 + from;

	*cols = 0;
	while (*p != '\0' && *p != ' ' && *p != '\n') {
		gunichar character = g_utf8_get_char(p);

		*cols += screen_text_width(character);
		p = g_utf8_next_char(p);
		if (*p != '\0' && breaks_between(character, g_utf8_get_char(p)))
			break;
	}
	return (int)(p - text->utf8);
}

static int wrap(const struct screen_text *text, int cols, struct screen_line *lines,
		int max)
{
	int n = 0, at = 0;

	while (at < text->length) {
		struct screen_line line = {at, 0, 0};
		int spaces = 0;

		while (text->utf8[at] == ' ')
			at++;
		line.start = at;
		while (at < text->length && text->utf8[at] != '\n') {
			int width, end = word_end(text, at, &width);

			if (line.cols + spaces + width > cols && line.cols > 0)
				break;
			if (width > cols) { /* by force */
				struct screen_text rest;

				screen_text_set(&rest, text->utf8 + at);
				width = screen_text_head(&rest, cols).cols;
				end = at + screen_text_head(&rest, cols).length;
			}
			line.cols += spaces + width;
			line.length = end - line.start;
			at = end;
			for (spaces = 0; text->utf8[at] == ' '; at++)
				spaces++;
		}
		if (text->utf8[at] == '\n')
			at++;
		if (n < max)
			lines[n] = line;
		n++;
	}
	return n;
}

int screen_text_widest(const struct screen_text *text)
{
	int at = 0, widest = 0;

	while (at < text->length) {
		int width, end = word_end(text, at, &width);

		widest = MAX(widest, width);
		at = MAX(end, at + 1);
	}
	return widest;
}

int screen_text_wrap(const struct screen_text *text, int cols, struct screen_line *lines,
		     int max)
{
	int least = MAX(2, MIN(cols, screen_text_widest(text))); /* 2: a wide character */
	int n;

	cols = MAX(cols, least);
	n = wrap(text, cols, lines, 0);
	while (n > 1 && cols > least && wrap(text, cols - 1, lines, 0) == n)
		cols--;
	return wrap(text, cols, lines, max);
}

int screen_text_fold(const struct screen_text *text, int cols, struct screen_line *lines,
		     int max)
{
	int n = wrap(text, MAX(cols, 2), lines, max);

	if (n > 0 && n <= max) {
		struct screen_line *last = &lines[n - 1];
		int spaces = text->length - last->start - last->length;

		spaces = MIN(spaces, cols - last->cols);
		last->length += spaces;
		last->cols += spaces;
	}
	return n;
}
