#include "screen/panel.h"

#include <glib.h>
#include <stdio.h>

#define TEXT_MAX 256
#define MEGABYTE 1e6

static const char *word_of(const struct panel *p, enum word word)
{
	return sheet_cashier_word(p->sheet, word);
}

/* "The queue at the till. Over 30 days" */
static struct panel open_over(struct sheet *sheet, enum word title, int over)
{
	char text[TEXT_MAX], days[64], number[8];

	g_snprintf(number, sizeof(number), "%d", over);
	words_fill(days, sizeof(days), sheet_cashier_word(sheet, WORD_QUEUE_DAYS), "n",
		   number, NULL);
	g_snprintf(text, sizeof(text), "%s. %s", sheet_cashier_word(sheet, title), days);
	return panel_open(sheet, text, WORD_KEYS_AGAIN);
}

void view_manager_queue(struct sheet *sheet)
{
	const struct page_manager *m = &sheet->page->manager;
	const struct queue_findings *q = &m->findings.of_queue;
	struct panel p = open_over(sheet, WORD_MANAGER_QUEUE, FINDING_QUEUE_DAYS);

	panel_word(&p, STYLE_PLAIN, WORD_QUEUE_TIME);
	panel_space(&p);
	if (!view_manager_has(&p, INQUIRY_QUEUE))
		return;
	panel_word(&p, STYLE_PLAIN, WORD_QUEUE_HALF);
	panel_figure(&p, WORD_QUEUE_ASKED, &q->half[QUEUE_ASKED]);
	panel_figure(&p, WORD_QUEUE_OUT, &q->half[QUEUE_HELD_OUT]);
	panel_figure(&p, WORD_QUEUE_COST, &q->cost);
	panel_word(&p, STYLE_PLAIN, WORD_QUEUE_MOST);
	panel_figure(&p, WORD_QUEUE_ASKED, &q->most[QUEUE_ASKED]);
	panel_figure(&p, WORD_QUEUE_OUT, &q->most[QUEUE_HELD_OUT]);
	panel_space(&p);
	panel_number(&p, m->percent < 100 ? STYLE_ALERT : STYLE_PLAIN, WORD_QUEUE_PERCENT,
		     m->percent, 0);
}

/* "FailedReadCount 3: read-error 2, truncated 1" */
static void draw_failures(struct panel *p, const struct reader_findings *r)
{
	char text[TEXT_MAX];
	int length = g_snprintf(text, sizeof(text), "FailedReadCount %u",
				r->failed_reads);

	for (int k = 0, n = 0; k < CARD_ERRORS; k++) {
		if (r->by_kind[k] == 0 || length >= (int)sizeof(text))
			continue;
		length += g_snprintf(text + length, sizeof(text) - (size_t)length,
				     "%s %s %u", n++ == 0 ? ":" : ",",
				     card_error_name((enum card_error)k), r->by_kind[k]);
	}
	panel_text(p, STYLE_PLAIN, text);
}

static void draw_reader(struct panel *p, const struct reader_findings *r, bool ready)
{
	char text[TEXT_MAX];

	g_snprintf(text, sizeof(text), "%s: %s", r->name,
		   word_of(p, ready ? WORD_SHORT_READY : WORD_SHORT_OFF));
	panel_text(p, ready ? STYLE_GOOD : STYLE_ALERT, text);
	if (r->wants_cleaning)
		panel_word(p, STYLE_ALERT, WORD_READER_CLEAN);
	g_snprintf(text, sizeof(text), "GoodReadCount %u", r->good_reads);
	panel_text(p, STYLE_PLAIN, text);
	draw_failures(p, r);
	panel_figure(p, WORD_READER_FAILED, &r->failed);
	panel_space(p);
}

void view_manager_devices(struct sheet *sheet)
{
	const struct page *page = sheet->page;
	const struct device_findings *d = &page->manager.findings.of_devices;
	struct panel p = open_over(sheet, WORD_MANAGER_DEVICES, FINDING_DEVICE_DAYS);

	if (page->till_off)
		panel_word(&p, STYLE_ALERT, WORD_TILL_OFF);
	if (!page->has_reader)
		panel_word(&p, STYLE_PLAIN, WORD_NO_READERS);
	if (!view_manager_has(&p, INQUIRY_DEVICES))
		return;
	for (uint8_t i = 0; i < d->readers; i++)
		draw_reader(&p, &d->reader[i],
			    (page->manager.readers_ready >> i & 1) != 0);
}

static void draw_size(struct panel *p, enum word word, int64_t bytes)
{
	char text[32];

	g_snprintf(text, sizeof(text), "%.1f", (double)bytes / MEGABYTE);
	panel_pair(p, word_of(p, word), text);
}

void view_manager_database(struct sheet *sheet)
{
	const struct page *page = sheet->page;
	const struct database_findings *d = &page->manager.findings.of_database;
	struct panel p = panel_open(
		sheet, sheet_cashier_word(sheet, WORD_MANAGER_DATABASE), WORD_KEYS_AGAIN);
	char text[32];

	if (page->set_aside)
		panel_word(&p, STYLE_ALERT, WORD_SET_ASIDE);
	if (page->published_refused)
		panel_word(&p, STYLE_ALERT, WORD_PUBLISHED_REFUSED);
	panel_word(&p, page->not_saving ? STYLE_ALERT : STYLE_GOOD,
		   page->not_saving ? WORD_NOT_SAVING : WORD_DB_SAVING);
	if (!view_manager_has(&p, INQUIRY_DATABASE))
		return;
	g_snprintf(text, sizeof(text), "%" G_GINT64_FORMAT, d->visits);
	panel_pair(&p, word_of(&p, WORD_DB_VISITS), text);
	panel_number(&p, STYLE_PLAIN, WORD_WAITING, page->waiting, 0);
	draw_size(&p, WORD_DB_FILE, d->file_bytes);
	draw_size(&p, WORD_DB_LOG, d->wal_bytes);
	draw_size(&p, WORD_DB_FREE, d->free_bytes);
	panel_pair(&p, word_of(&p, WORD_DB_GENERATION), d->generation);
}
