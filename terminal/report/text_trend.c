#include "day.h"
#include "report/text.h"

#define DAYS_AS_BARS 31

/* What was done on a day, beside its figure. */
static char *done_on(const struct report *report, int32_t day)
{
	GString *text = g_string_new("");

	for (unsigned i = 0; i < report->actions; i++)
		if (report->action[i].day == day)
			g_string_append_printf(text, "%s* %s", text->len > 0 ? "; " : "",
					       report->action[i].text);
	return g_string_free(text, FALSE);
}

static void put_days(struct text *t, const struct report_score *score)
{
	for (unsigned i = 0; i < score->days; i++) {
		const struct report_day *day = &score->day[i];
		g_autofree char *label = day_text(day->day);
		g_autofree char *done = done_on(t->report, day->day);

		if (day->figure.state == FIGURE_NO_ANSWERS && *done == '\0')
			continue;
		text_bar(t, label, &day->figure, score->least, score->most, done);
	}
}

/* A mark a day, the higher the better; a point: nothing to show. */
static const char *mark(const struct text *t, const struct report_score *score,
			const struct figure *figure)
{
	static const char *const blocks[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
	static const char *const digits[] = {"1", "2", "3", "4", "5", "6", "7", "8"};
	struct figure_place place;

	if (!figure_place(figure, score->least, score->most, &place))
		return t->look->unicode ? "·" : ".";
	int level = MIN((int)(place.value * 8), 7);
	return t->look->unicode ? blocks[level] : digits[level];
}

static void put_months(struct text *t, const struct report_score *score)
{
	for (unsigned i = 0; i < score->days; i++) {
		GDate date = day_date(score->day[i].day);

		if (i == 0 || g_date_get_day(&date) == 1)
			fprintf(t->out, "%s  %04d-%02d %*s", i > 0 ? "\n" : "",
				g_date_get_year(&date), (int)g_date_get_month(&date),
				g_date_get_day(&date) - 1, "");
		fputs(mark(t, score, &score->day[i].figure), t->out);
	}
	fputc('\n', t->out);
}

void text_trend(struct text *t, const struct report_score *score)
{
	if (score->days < 2 || score->measure == SCORE_CHOICES ||
	    score->measure == SCORE_NONE)
		return;
	fprintf(t->out, "\n  %s\n", t->report->label[REPORT_LABEL_TREND]);
	if (score->days <= DAYS_AS_BARS)
		put_days(t, score);
	else
		put_months(t, score);
}
