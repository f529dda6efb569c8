#include <inttypes.h>
#include <string.h>

#include "report/text.h"

#define BAR_COLS       12
#define BAR_LABEL_COLS 20
#define LABEL_COLS     34
#define DOTS_LEAST     2

int text_cols(const char *text)
{
	int cols = 0;

	for (; *text != '\0'; text = g_utf8_next_char(text)) {
		gunichar c = g_utf8_get_char(text);

		cols += g_unichar_iszerowidth(c) ? 0 : g_unichar_iswide(c) ? 2 : 1;
	}
	return cols;
}

static void repeat(FILE *out, const char *mark, int times)
{
	for (int i = 0; i < times; i++)
		fputs(mark, out);
}

void text_heading(struct text *t, const char *title)
{
	fputc('\n', t->out);
	text_sentence(t, 0, title);
	repeat(t->out, t->look->unicode ? "─" : "-",
	       MIN(text_cols(title), t->look->cols));
	fputc('\n', t->out);
}

void text_sentence(struct text *t, int indent, const char *sentence)
{
	g_auto(GStrv) words = g_strsplit(sentence, " ", -1);
	int col = 0;

	for (int i = 0; words[i] != NULL; i++) {
		int cols = text_cols(words[i]);

		if (col > 0 && col + 1 + cols > t->look->cols) {
			fputc('\n', t->out);
			col = 0;
		}
		fprintf(t->out, "%*s%s", col == 0 ? indent : 1, "", words[i]);
		col += cols + (col == 0 ? indent : 1);
	}
	fputc('\n', t->out);
}

/* Where what stands behind LABEL begins: at column AT, or further right where the label is long.
 * A figure and its label are one line, also beyond the last column. */
static int behind_label(int indent, const char *label, int at)
{
	return MAX(at, indent + text_cols(label) + 1 + DOTS_LEAST + 1);
}

/* LABEL and dots up to column AT, which is behind_label(). */
static void put_label(struct text *t, int indent, const char *label, int at)
{
	fprintf(t->out, "%*s%s ", indent, "", label);
	repeat(t->out, ".", at - indent - text_cols(label) - 2);
	fputc(' ', t->out);
}

static void put_note(struct text *t, int indent, int col, const char *note)
{
	if (*note == '\0')
		fputc('\n', t->out);
	else if (col + 2 + text_cols(note) <= t->look->cols)
		fprintf(t->out, "  %s\n", note);
	else {
		fputc('\n', t->out);
		text_sentence(t, indent + 2, note);
	}
}

/* Where a number begins: further left on a narrow page, and where it is long. */
static int number_at(const struct text *t, const char *number)
{
	int at = MIN(LABEL_COLS, t->look->cols / 2 - 4);

	return MAX(MIN(at, t->look->cols - text_cols(number)), 4);
}

static void put_number(struct text *t, int indent, const char *label, const char *number,
		       const char *note)
{
	int at = behind_label(indent, label, number_at(t, number));

	put_label(t, indent, label, at);
	fputs(number, t->out);
	put_note(t, indent, at + text_cols(number), note);
}

void text_figure(struct text *t, int indent, const char *label,
		 const struct figure *figure, const char *note)
{
	char number[FIGURE_TEXT_MAX];

	figure_format(figure, &t->report->figure_words, number);
	put_number(t, indent, label, number, note);
}

void text_count(struct text *t, int indent, const char *label, int64_t count,
		const char *note)
{
	g_autofree char *number = g_strdup_printf("%" PRId64, count);

	put_number(t, indent, label, number, note);
}

/* The cell of an axis of BAR_COLS in which SHARE of it lies. */
static int cell(double share)
{
	return (int)(share * BAR_COLS + 0.5);
}

static void put_bar(struct text *t, const struct figure *figure, double least,
		    double most)
{
	bool unicode = t->look->unicode;
	struct figure_place place;
	int zero = least < 0 ? cell(-least / (most - least)) : 0;

	if (!figure_place(figure, least, most, &place)) {
		repeat(t->out, " ", BAR_COLS + 1);
		return;
	}
	int value = cell(place.value);
	for (int i = 0; i < BAR_COLS; i++) {
		bool full = i >= MIN(zero, value) && i < MAX(zero, value);

		fputs(full ? unicode ? "█" : "#" : unicode ? "░" : "-", t->out);
	}
	fputc(' ', t->out);
}

void text_bar(struct text *t, const char *label, const struct figure *figure,
	      double least, double most, const char *note)
{
	char number[FIGURE_TEXT_MAX];
	int bar = behind_label(2, label, BAR_LABEL_COLS + 4);
	int at = bar + BAR_COLS + 1;

	figure_format(figure, &t->report->figure_words, number);
	if (!(most > least) || at + text_cols(number) > t->look->cols) {
		put_number(t, 2, label, number, note);
		return;
	}
	put_label(t, 2, label, bar);
	put_bar(t, figure, least, most);
	fputs(number, t->out);
	put_note(t, 2, at + text_cols(number), note);
}

void text_table(struct text *t, const struct report_table *table)
{
	if (report_table_is_empty(table))
		return;
	text_heading(t, table->title);
	for (unsigned i = 0; i < table->n; i++) {
		const struct report_line *line = &table->line[i];

		if (line->has_figure)
			text_bar(t, line->label, &line->figure, table->least, table->most,
				 line->note);
		else
			text_count(t, 2, line->label, line->count, line->note);
	}
	if (*table->note != '\0')
		text_sentence(t, 2, table->note);
}
