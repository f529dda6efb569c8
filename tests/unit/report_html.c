/* report_html: one file that stands alone, in which no text becomes markup and no value stands
 * without its interval and n */
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/report_html.h"
#include "tests/lib/report_fixture.h"

#define SIZE_MAX_MONTH (300 * 1024)

static struct words *words;

static char *draw(const struct report *report, int language)
{
	char *page = NULL;
	size_t size;
	FILE *out = open_memstream(&page, &size);

	report_html(out, report, words, language);
	g_assert_cmpint(fclose(out), ==, 0);
	return page;
}

/* What the parser saw.  The page is XML too, so a tag that a text opened or closed is an error. */
struct seen {
	GString *text; /* all of it, tags left out */
	GString *figure,
		*value;     /* of the <span class="f"> and <b class="v"> that is open */
	GPtrArray *classes; /* of the open elements, "" none */
	GHashTable *ids, *figures;
	int svg_depth, plots, values, circles, rows;
	bool plot_needs_title, plot_needs_desc;
};

/* Whatever can run, load, send or leave the page is not among them. */
static const char *const elements[] = {
	"html",       "head",    "meta",  "title",   "style", "body", "main",   "header",
	"section",    "div",     "h1",    "h2",      "h3",    "p",    "br",     "span",
	"b",          "bdi",     "ol",    "ul",      "li",    "dl",   "dt",     "dd",
	"table",      "caption", "thead", "tbody",   "tr",    "th",   "td",     "figure",
	"figcaption", "svg",     "defs",  "pattern", "rect",  "line", "circle", "polygon",
	"polyline",   "path",    "text",  "desc",    NULL};
static const char *const attributes[] = {"lang",
					 "charset",
					 "http-equiv",
					 "content",
					 "name",
					 "class",
					 "dir",
					 "scope",
					 "aria-hidden",
					 "role",
					 "id",
					 "width",
					 "height",
					 "x",
					 "y",
					 "x1",
					 "x2",
					 "y1",
					 "y2",
					 "r",
					 "cx",
					 "cy",
					 "d",
					 "points",
					 "viewBox",
					 "preserveAspectRatio",
					 "patternUnits",
					 "patternTransform",
					 NULL};

static const char *value_of(const char **names, const char **values, const char *name)
{
	for (int i = 0; names[i] != NULL; i++)
		if (strcmp(names[i], name) == 0)
			return values[i];
	return "";
}

/* A plot for screen readers is an image with a title and a description; any other is hidden
 * from them, or is a part of one. */
static void see_svg(struct seen *s, const char **names, const char **values)
{
	if (s->svg_depth++ > 0)
		return;
	if (strcmp(value_of(names, values, "role"), "img") != 0) {
		g_assert_cmpstr(value_of(names, values, "aria-hidden"), ==, "true");
		return;
	}
	s->plots++;
	s->plot_needs_title = s->plot_needs_desc = true;
}

static void see_element(struct seen *s, const char *element, const char *class)
{
	if (s->plot_needs_title && strcmp(element, "svg") != 0) {
		g_assert_cmpstr(element, ==, "title");
		s->plot_needs_title = false;
	} else if (s->plot_needs_desc && !s->plot_needs_title) {
		g_assert_cmpstr(element, ==, "desc");
		s->plot_needs_desc = false;
	}
	s->circles += strcmp(element, "circle") == 0;
	s->rows += strcmp(class, "row") == 0;
	if (strcmp(class, "f") == 0)
		g_string_truncate(s->figure, 0);
	if (strcmp(class, "v") == 0)
		s->values++;
}

static void begin(GMarkupParseContext *context, const char *element, const char **names,
		  const char **values, gpointer self, GError **error)
{
	struct seen *s = self;
	const char *class = value_of(names, values, "class");
	const char *id = value_of(names, values, "id");

	(void)context, (void)error;
	if (!g_strv_contains(elements, element))
		g_error("<%s>", element);
	for (int i = 0; names[i] != NULL; i++)
		if (!g_strv_contains(attributes, names[i]))
			g_error("<%s %s=\"%s\">", element, names[i], values[i]);
	if (*id != '\0')
		g_assert_true(g_hash_table_add(s->ids, g_strdup(id)));
	if (strcmp(element, "svg") == 0)
		see_svg(s, names, values);
	see_element(s, element, class);
	g_ptr_array_add(s->classes, g_strdup(class));
}

/* A value is in a figure, with all that belongs to it. */
static void end(GMarkupParseContext *context, const char *element, gpointer self,
		GError **error)
{
	struct seen *s = self;
	const char *class = g_ptr_array_index(s->classes, s->classes->len - 1);

	(void)context, (void)error;
	if (strcmp(class, "f") == 0 && strchr(s->figure->str, '[') != NULL &&
	    !g_regex_match_simple(
		    "^-?[0-9]+([.][0-9]+)? \\[[^]]+\\], n=[0-9]+([+][0-9]+)?( |$)",
		    s->figure->str, 0, 0))
		g_error("a figure that is none: %s", s->figure->str);
	if (strcmp(class, "v") == 0)
		g_assert_cmpstr(g_ptr_array_index(s->classes, s->classes->len - 2), ==,
				"f");
	if (strcmp(class, "f") == 0)
		g_hash_table_add(s->figures, g_strdup(s->figure->str));
	s->svg_depth -= strcmp(element, "svg") == 0;
	g_ptr_array_set_size(s->classes, (int)s->classes->len - 1);
}

static void take_text(GMarkupParseContext *context, const char *text, gsize size,
		      gpointer self, GError **error)
{
	struct seen *s = self;

	(void)error;
	if (strcmp(g_markup_parse_context_get_element(context), "style") == 0)
		return;
	g_string_append_len(s->text, text, (gssize)size);
	g_string_append_len(s->figure, text, (gssize)size);
}

static void look(const char *page, struct seen *s)
{
	static const GMarkupParser parser = {begin, end, take_text, NULL, NULL};
	g_autoptr(GError) error = NULL;
	GMarkupParseContext *context = g_markup_parse_context_new(&parser, 0, s, NULL);

	*s = (struct seen){
		.text = g_string_new(NULL),
		.figure = g_string_new(NULL),
		.classes = g_ptr_array_new_with_free_func(g_free),
		.ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
		.figures = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
	};
	g_assert_true(g_str_has_prefix(page, "<!DOCTYPE html>\n"));
	g_assert_true(g_str_has_suffix(page, "</html>\n"));
	g_markup_parse_context_parse(context, page, -1, &error);
	g_assert_no_error(error);
	g_markup_parse_context_end_parse(context, &error);
	g_assert_no_error(error);
	g_markup_parse_context_free(context);
}

static void seen_clear(struct seen *s)
{
	g_string_free(s->text, TRUE);
	g_string_free(s->figure, TRUE);
	g_ptr_array_unref(s->classes);
	g_hash_table_unref(s->ids);
	g_hash_table_unref(s->figures);
}

/* ---- every figure of the model is told -------------------------------------------------- */

static void expect(const struct seen *s, const struct report *report,
		   const struct figure *figure)
{
	char text[FIGURE_TEXT_MAX];

	figure_format(figure, &report->figure_words, text);
	if (figure_is_shown(figure) && !g_hash_table_contains(s->figures, text))
		g_error("not told: %s", text);
}

static void expect_table(const struct seen *s, const struct report *report,
			 const struct report_table *table)
{
	for (unsigned i = 0; i < table->n; i++)
		if (table->line[i].has_figure)
			expect(s, report, &table->line[i].figure);
}

static void expect_score(const struct seen *s, const struct report *report,
			 const struct report_score *score)
{
	expect(s, report, &score->score);
	expect(s, report, &score->earlier);
	expect(s, report, &score->change);
	expect(s, report, &score->mean);
	expect(s, report, &score->weighted);
	expect(s, report, &score->skipped);
	expect_table(s, report, &score->distribution);
	for (int by = 0; by < REPORT_BYS; by++)
		expect_table(s, report, &score->by[by]);
	for (unsigned i = 0; i < score->days && score->days <= 62; i++)
		expect(s, report, &score->day[i].figure);
}

static void expect_all(const struct seen *s, const struct report *report)
{
	for (unsigned i = 0; i < report->scores; i++)
		expect_score(s, report, &report->score[i]);
	for (int i = 0; i < REPORT_SECTIONS; i++)
		expect_table(s, report, &report->section[i]);
	for (unsigned i = 0; i < report->causes && report->is_month; i++) {
		expect(s, report, &report->cause[i].share);
		expect(s, report, &report->cause[i].change);
	}
	for (unsigned i = 0; i < report->actions; i++) {
		expect(s, report, &report->action[i].before);
		expect(s, report, &report->action[i].after);
		expect(s, report, &report->action[i].change);
	}
}

static void test_all(void)
{
	for (int which = 0; which < REPORT_FIXTURES; which++)
		for (int language = 0; language < 2; language++) {
			struct report *report = report_fixture((enum report_fixture)which,
							       words, language);
			char *page = draw(report, language);
			struct seen s;

			look(page, &s);
			expect_all(&s, report);
			g_assert_nonnull(strstr(page, language == 0
							      ? "<html lang=\"ru\">"
							      : "<html lang=\"en\">"));
			g_assert_null(strchr(s.text->str, '{')); /* a field left open */
			seen_clear(&s);
			free(page);
			report_free(report);
		}
}

/* ---- the rest ---------------------------------------------------------------------------- */

static char *draw_fixture(enum report_fixture which, struct seen *s)
{
	struct report *report = report_fixture(which, words, 1);
	char *page = draw(report, 1);

	look(page, s);
	report_free(report);
	return page;
}

/* An attack is read as it was written; control characters and marks of direction are gone. */
static void test_hostile(void)
{
	struct seen s;
	char *page = draw_fixture(REPORT_FIXTURE_HOSTILE, &s);

	for (int i = 0; i < 4; i++)
		g_assert_nonnull(strstr(s.text->str, report_fixture_hostile[i]));
	g_assert_nonnull(
		strstr(s.text->str, "]]>--><!-- &lt;b&gt; &amp; &#x3c;script&#x3e;"));
	g_assert_nonnull(strstr(s.text->str,
				"line end tab [31mred  \357\277\275\357\277\275 broken"));
	g_assert_nonnull(strstr(s.text->str, "right to left override \327"));
	g_assert_null(strstr(page, "\342\200\256"));
	g_assert_null(strstr(page, "<script"));
	g_assert_null(strstr(page, "<img"));
	seen_clear(&s);
	free(page);
}

static void test_alone(void)
{
	struct seen s;
	char *page = draw_fixture(REPORT_FIXTURE_MONTH, &s);

	g_assert_cmpuint(strlen(page), <, SIZE_MAX_MONTH);
	g_assert_nonnull(
		strstr(page, "content=\"default-src 'none'; style-src 'unsafe-inline'; "
			     "base-uri 'none'; form-action 'none'\""));
	g_assert_null(strstr(page, "http:"));
	g_assert_null(strstr(page, "https:"));
	g_assert_null(strstr(page, "@import"));
	for (const char *url = strstr(page, "url("); url != NULL;
	     url = strstr(url + 1, "url("))
		g_assert_true(g_str_has_prefix(url, "url(#"));
	seen_clear(&s);
	free(page);
}

/* Where there are too few answers nothing is drawn, and no count tells what is hidden. */
static void test_hidden(void)
{
	struct report *report = report_fixture(REPORT_FIXTURE_ONE, words, 1);
	struct seen s;
	char *page;

	report->score[0].distribution.line[6].count = 12345;
	page = draw(report, 1);
	look(page, &s);
	g_assert_cmpint(s.values, ==, 0);
	g_assert_cmpint(s.plots, ==, 0);
	g_assert_null(strstr(page, "12345"));
	g_assert_nonnull(strstr(s.text->str, "too few to show, n=1"));
	seen_clear(&s);
	free(page);
	report_free(report);
}

static const char *after(const char *page, const char *text)
{
	const char *at = strstr(page, text);

	g_assert_nonnull(at);
	return at + strlen(text);
}

static int count_of(const char *from, const char *until, const char *text)
{
	int n = 0;

	for (const char *at = strstr(from, text); at != NULL && at < until;
	     at = strstr(at + 1, text))
		n++;
	return n;
}

/* A dot a shown day; a gap in the band where days are hidden; flags of the point or of none. */
static void test_trend(void)
{
	struct report *report = report_fixture(REPORT_FIXTURE_MONTH, words, 1);
	g_autofree char *title = NULL;
	int shown = 0;
	char *page;

	for (int i = 10; i < 13; i++)
		report->score[2].day[i].figure = figure_unknown();
	for (unsigned i = 0; i < report->score[2].days; i++)
		shown += figure_is_shown(&report->score[2].day[i].figure);
	page = draw(report, 1);
	title = g_strconcat("role=\"img\" width=\"100%\" height=\"232\"><title>",
			    report->score[2].title, NULL);
	const char *trend = after(page, title), *trend_end = strstr(trend, "</figure>");
	g_assert_cmpint(count_of(trend, trend_end, "<circle"), ==, shown);
	g_assert_cmpint(count_of(trend, trend_end, "class=\"band\""), ==, 2);
	g_assert_cmpint(count_of(trend, trend_end, "class=\"x flag\""), ==, 2);
	g_assert_cmpint(count_of(trend, trend_end, "a second till open"), ==, 1);
	g_assert_cmpint(count_of(trend, trend_end, "more room"), ==, 1);
	g_assert_cmpint(count_of(trend, trend_end, "price tags"), ==, 0);
	free(page);
	report_free(report);
}

/* Only a month has the sheet: a row a cause, with who answers for it, and rows for the pen. */
static void test_sheet(void)
{
	struct report *report = report_fixture(REPORT_FIXTURE_MONTH, words, 1);
	char *page = draw(report, 1);
	const char *sheet = after(page, "<section class=\"sheet\">");
	const char *sheet_end = strstr(sheet, "</section>");

	g_assert_cmpint(count_of(sheet, sheet_end, "<tr>"), ==, 1 + 7 + 3);
	g_assert_cmpint(count_of(sheet, sheet_end, "class=\"box\""), ==, 7 + 3);
	g_assert_cmpint(count_of(sheet, sheet_end, "A. Weber"), ==, 2);
	g_assert_cmpint(count_of(sheet, sheet_end, "rude or careless staff"), ==, 1);
	free(page);
	report->is_month = false;
	page = draw(report, 1);
	g_assert_null(strstr(page, "class=\"sheet\""));
	free(page);
	report_free(report);
}

int main(int argc, char **argv)
{
	static const char *const codes[] = {"ru", "en"};
	struct faults *faults = faults_new("messages.ini");

	g_test_init(&argc, &argv, NULL);
	words = words_new(codes, 2, faults);
	g_test_add_func("/report/html/every-figure", test_all);
	g_test_add_func("/report/html/hostile", test_hostile);
	g_test_add_func("/report/html/alone", test_alone);
	g_test_add_func("/report/html/hidden", test_hidden);
	g_test_add_func("/report/html/trend", test_trend);
	g_test_add_func("/report/html/sheet", test_sheet);
	int failed = g_test_run();
	words_free(words);
	faults_free(faults);
	return failed;
}
