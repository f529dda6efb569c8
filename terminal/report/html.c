#include "report/html.h"

#include <glib.h>
#include <inttypes.h>
#include <string.h>

#include "embedded.h"

struct html {
	FILE *out;
	const struct figure_words *words;
};

struct html *html_new(FILE *out, const struct figure_words *words)
{
	struct html *html = g_new(struct html, 1);

	*html = (struct html){out, words};
	return html;
}

void html_free(struct html *html)
{
	g_free(html);
}

void html_markup_literal(struct html *html, const char *literal)
{
	fputs(literal, html->out);
}

void html_embedded(struct html *html, const char *name)
{
	const char *text = embedded_text(name, NULL);

	g_assert(text != NULL);
	fputs(text, html->out);
}

static bool turns_direction(gunichar c)
{
	return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

static void put_character(FILE *out, const char *p)
{
	gunichar c = g_utf8_get_char(p);

	switch (c) {
	case '&':
		fputs("&amp;", out);
		return;
	case '<':
		fputs("&lt;", out);
		return;
	case '>':
		fputs("&gt;", out);
		return;
	case '"':
		fputs("&quot;", out);
		return;
	case '\'':
		fputs("&#39;", out);
		return;
	default: /* not an enum */
		break;
	}
	if (c < 0x20 || (c >= 0x7f && c < 0xa0))
		fputc(' ', out);
	else if (!turns_direction(c))
		fwrite(p, 1, (size_t)(g_utf8_next_char(p) - p), out);
}

void html_text(struct html *html, const char *text)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);

	for (const char *p = valid; *p != '\0'; p = g_utf8_next_char(p))
		put_character(html->out, p);
}

void html_count(struct html *html, int64_t count)
{
	fprintf(html->out, "%" PRId64, count);
}

void html_place(struct html *html, double place)
{
	char digits[G_ASCII_DTOSTR_BUF_SIZE];
	size_t length;

	g_ascii_formatd(digits, sizeof digits, "%.1f", place);
	length = strlen(digits);
	if (length > 2 && strcmp(digits + length - 2, ".0") == 0)
		digits[length - 2] = '\0';
	fputs(digits, html->out);
}

void html_percent(struct html *html, double share)
{
	html_place(html, 100 * share);
	fputc('%', html->out);
}

void html_figure_text(struct html *html, const struct figure *figure)
{
	char text[FIGURE_TEXT_MAX];

	figure_format(figure, html->words, text);
	html_text(html, text);
}

void html_figure(struct html *html, const struct figure *figure)
{
	char text[FIGURE_TEXT_MAX];
	char *interval;

	figure_format(figure, html->words, text);
	html_markup(html, "<span class=\"f\">");
	interval = figure_is_shown(figure) ? strstr(text, " [") : NULL;
	if (interval != NULL) {
		*interval++ = '\0';
		html_markup(html, "<b class=\"v\">");
		html_text(html, text);
		html_markup(html, "</b> ");
	}
	html_text(html, interval != NULL ? interval : text);
	html_markup(html, "</span>");
}
