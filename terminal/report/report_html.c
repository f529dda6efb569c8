#include "report/report_html.h"

#include "report/paper.h"

static void put_head(const struct paper *p)
{
	html_markup(p->html, "<!DOCTYPE html>\n<html lang=\"");
	html_text(p->html, p->report->language);
	html_markup(
		p->html,
		"\">\n<head>\n<meta charset=\"utf-8\"/>\n"
		"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
		"style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\"/>\n"
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
		"<meta name=\"color-scheme\" content=\"light dark\"/>\n"
		"<meta name=\"referrer\" content=\"no-referrer\"/>\n<title>");
	html_text(p->html, p->report->title);
	html_markup(p->html, ", ");
	html_text(p->html, p->report->period.text);
	html_markup(p->html, "</title>\n<style>\n");
	html_embedded(p->html, "report/report.css");
	html_markup(p->html, "</style>\n</head>\n<body>\n");
}

static void put_title(const struct paper *p)
{
	html_markup(p->html, "<header><h1><bdi>");
	html_text(p->html, p->report->title);
	html_markup(p->html, "</bdi> <span class=\"period\">");
	html_text(p->html, p->report->period.text);
	html_markup(p->html, "</span></h1><p class=\"soft\">");
	paper_word(p, WORD_R_VISITS);
	html_markup(p->html, ": ");
	html_count(p->html, p->report->visits);
	html_markup(p->html, ". ");
	html_text(p->html, p->report->made);
	html_markup(p->html, "<br/>");
	html_text(p->html, p->report->compared);
	html_markup(p->html, "</p>");
	if (p->report->is_open) {
		html_markup(p->html,
			    "<p class=\"open\"><span class=\"sign\">\u25c6</span> ");
		paper_word(p, WORD_R_OPEN);
		html_markup(p->html, "</p>");
	}
	html_markup(p->html, "</header>\n");
}

/* Which tables stand together. */
static const enum report_section visits[] = {
	REPORT_RATES, REPORT_OUTCOMES,     REPORT_FUNNEL,   REPORT_SECONDS,
	REPORT_QUEUE, REPORT_RATE_BY_HOUR, REPORT_CASHIERS, REPORT_FLAGS};
static const enum report_section people[] = {REPORT_CUSTOMERS, REPORT_MONEY,
					     REPORT_LOYAL};

static void put_sections(const struct paper *p, enum word heading,
			 const enum report_section *section, size_t n)
{
	bool is_empty = true;

	for (size_t i = 0; i < n; i++)
		if (!report_table_is_empty(&p->report->section[section[i]]))
			is_empty = false;
	if (is_empty)
		return;
	html_markup(p->html, "<section>");
	paper_heading(p, heading);
	html_markup(p->html, "<div class=\"tables\">");
	for (size_t i = 0; i < n; i++)
		paper_section(p, section[i]);
	html_markup(p->html, "</div></section>\n");
}

static void put_scores(const struct paper *p)
{
	if (p->report->scores == 0)
		return;
	paper_heading(p, WORD_P_EACH);
	for (unsigned i = 0; i < p->report->scores; i++)
		paper_score(p, &p->report->score[i]);
}

static void put_missing(const struct paper *p)
{
	if (p->report->missing[0] == NULL)
		return;
	html_markup(p->html, "<section>");
	paper_heading(p, WORD_R_MISSING);
	html_markup(p->html, "<ul>");
	for (char **missing = p->report->missing; *missing != NULL; missing++) {
		html_markup(p->html, "<li>");
		html_text(p->html, *missing);
		html_markup(p->html, "</li>");
	}
	html_markup(p->html, "</ul></section>\n");
}

void report_html(FILE *out, const struct report *report, const struct words *words,
		 int language)
{
	struct html *html = html_new(out, &report->figure_words);
	struct paper p = {html, report, words, language};

	put_head(&p);
	svg_patterns(html);
	html_markup(html, "<main>\n");
	put_title(&p);
	paper_glance(&p);
	paper_questions(&p);
	paper_actions(&p);
	put_scores(&p);
	put_sections(&p, WORD_R_CAUSES_BY_POINT,
		     (const enum report_section[]){REPORT_CAUSES_BY_POINT}, 1);
	put_sections(&p, WORD_P_VISITS, visits, G_N_ELEMENTS(visits));
	put_sections(&p, WORD_P_PEOPLE, people, G_N_ELEMENTS(people));
	put_missing(&p);
	paper_reading(&p);
	paper_days(&p);
	paper_sheet(&p);
	html_markup(html, "</main>\n</body>\n</html>\n");
	html_free(html);
}
