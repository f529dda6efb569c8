#include "screen/panel.h"

#include <glib.h>
#include <stdio.h>

#define TEXT_MAX 256

static const char *word_of(const struct panel *p, enum word word)
{
	return sheet_cashier_word(p->sheet, word);
}

static void format_minute(char out[8], int minute)
{
	snprintf(out, 8, "%02d:%02d", minute / 60 % 24, minute % 60);
}

/* "until 14:15", or "off" for -1. */
static void until(const struct panel *p, int minute, char text[TEXT_MAX])
{
	char time[8];

	format_minute(time, MAX(minute, 0));
	words_fill(text, TEXT_MAX,
		   word_of(p, minute >= 0 ? WORD_SET_UNTIL : WORD_SET_OFF), "time", time,
		   NULL);
}

bool view_manager_has(struct panel *p, enum inquiry_kind kind)
{
	const struct page_manager *m = &p->sheet->page->manager;

	if (m->awaits)
		panel_word(p, STYLE_HINT, WORD_READING);
	else if (m->findings.unread)
		panel_word(p, STYLE_ALERT, WORD_UNREAD);
	return !m->awaits && !m->findings.unread && m->findings.kind == kind;
}

static void draw_home(struct sheet *sheet)
{
	static const struct {
		char key;
		enum word word;
	} lines[] = {
		{'1', WORD_MANAGER_DAY},      {'2', WORD_MANAGER_SURVEY},
		{'3', WORD_MANAGER_QUEUE},    {'4', WORD_MANAGER_DEVICES},
		{'5', WORD_MANAGER_DATABASE}, {'6', WORD_MANAGER_FILES},
		{'7', WORD_MANAGER_TEST},     {'0', WORD_MANAGER_QUIT},
	};
	const struct page *page = sheet->page;
	struct panel p = panel_open(sheet, sheet_cashier_word(sheet, WORD_MANAGER),
				    WORD_KEY_ESC_BACK);

	for (size_t i = 0; i < G_N_ELEMENTS(lines); i++)
		panel_key(&p, lines[i].key, word_of(&p, lines[i].word), "");
	panel_space(&p);
	if (page->set_aside)
		panel_word(&p, STYLE_ALERT, WORD_SET_ASIDE);
	if (page->export_failed)
		panel_word(&p, STYLE_ALERT, WORD_EXPORT_FAILED);
	if (page->published_refused)
		panel_word(&p, STYLE_ALERT, WORD_PUBLISHED_REFUSED);
	if (page->manager.no_pin)
		panel_word(&p, STYLE_ALERT, WORD_NO_PIN);
	if (page->manager.files.state == FILES_FAILED)
		panel_word(&p, STYLE_ALERT, WORD_FILES_FAILED);
	if (page->waiting > 0)
		panel_number(&p, STYLE_PLAIN, WORD_WAITING, page->waiting, 0);
}

static enum word respondent_word(enum respondent respondent)
{
	switch (respondent) {
	case RESPONDENT_CUSTOMER:
		return WORD_CUSTOMERS;
	case RESPONDENT_STAFF:
		return WORD_STAFF;
	case RESPONDENT_MYSTERY:
		return WORD_MYSTERY;
	}
	g_assert_not_reached();
}

static void draw_survey(struct sheet *sheet)
{
	const struct page *page = sheet->page;
	const struct page_manager *m = &page->manager;
	struct panel p = panel_open(sheet, sheet_cashier_word(sheet, WORD_MANAGER_SURVEY),
				    m->no_pin ? WORD_KEY_ESC_BACK : WORD_KEYS_SURVEY);
	char text[TEXT_MAX], from[8], to[8];

	if (m->no_pin) {
		panel_word(&p, STYLE_ALERT, WORD_NO_PIN);
	} else {
		until(&p, page->paused_until, text);
		panel_key(&p, '1', word_of(&p, WORD_PAUSE), text);
		panel_key(&p, '2', word_of(&p, WORD_ANSWERS_NEXT),
			  word_of(&p, respondent_word(page->respondent)));
		until(&p, page->training_until, text);
		panel_key(&p, '3', word_of(&p, WORD_TRAINING), text);
	}
	panel_space(&p);
	format_minute(from, m->opens);
	format_minute(to, m->closes);
	if (m->opens == m->closes % 1440)
		g_strlcpy(text, word_of(&p, WORD_HOURS_ALWAYS), sizeof(text));
	else
		snprintf(text, sizeof(text), "%s - %s", from,
			 m->closes == 1440 ? "24:00" : to);
	panel_pair(&p, word_of(&p, WORD_OPENING_HOURS), text);
}

static void draw_files(struct sheet *sheet)
{
	const struct page_manager *m = &sheet->page->manager;
	struct panel p = panel_open(sheet, sheet_cashier_word(sheet, WORD_MANAGER_FILES),
				    WORD_KEYS_FILES);
	char day[16], text[TEXT_MAX];

	panel_day(sheet, m->day, day);
	words_fill(text, sizeof(text), word_of(&p, WORD_FILES_DAY), "day", day, NULL);
	panel_text(&p, STYLE_ANSWER, text);
	panel_space(&p);
	panel_day(sheet, m->files.day, day);
	switch (m->files.state) {
	case FILES_NONE:
		break;
	case FILES_BEGUN:
		panel_number(&p, STYLE_PLAIN, WORD_FILES_MAKING, m->files.percent, 0);
		panel_bar(&p, day, 10, m->files.percent, 100, false);
		break;
	case FILES_DONE:
		panel_word(&p, STYLE_GOOD, WORD_FILES_DONE);
		panel_text(&p, STYLE_PLAIN, day);
		break;
	case FILES_FAILED:
		panel_word(&p, STYLE_ALERT, WORD_FILES_FAILED);
		panel_text(&p, STYLE_PLAIN, day);
		sheet_centre_in(sheet,
				(struct area){p.row, p.left, panel_left(&p), p.cols},
				STYLE_PLAIN, m->files.said);
		break;
	}
}

static void draw_quit(struct sheet *sheet)
{
	struct panel p = panel_open(sheet, sheet_cashier_word(sheet, WORD_MANAGER_QUIT),
				    WORD_KEY_ESC_BACK);
	int row = sheet->rows / 2 - 1;
	const char *keys = word_of(&p, WORD_MANAGER_YES_NO);

	sheet_centre(sheet, row, STYLE_PLAIN, word_of(&p, WORD_MANAGER_SURE));
	sheet_centre(sheet, row + 2, STYLE_ANSWER, keys);
}

void view_manager(struct sheet *sheet)
{
	switch (sheet->page->manager.at) {
	case MANAGER_HOME:
		draw_home(sheet);
		break;
	case MANAGER_DAY:
		if (sheet->page->manager.item < MANAGER_DAY_QUESTIONS)
			view_manager_day(sheet);
		else
			view_manager_question(sheet);
		break;
	case MANAGER_PROOF:
		view_manager_proof(sheet);
		break;
	case MANAGER_SURVEY:
		draw_survey(sheet);
		break;
	case MANAGER_QUEUE:
		view_manager_queue(sheet);
		break;
	case MANAGER_DEVICES:
		view_manager_devices(sheet);
		break;
	case MANAGER_DATABASE:
		view_manager_database(sheet);
		break;
	case MANAGER_FILES:
		draw_files(sheet);
		break;
	case MANAGER_TEST:
		view_manager_signs(sheet);
		break;
	case MANAGER_QUIT:
		draw_quit(sheet);
		break;
	case MANAGER_PIN: /* view_staff.c */
		break;
	}
}
