#include "screen/view.h"

#include "screen/sheet.h"

#include <glib.h>
#include <stdio.h>

#define CHOICE_PAGE 9

static void draw_too_small(struct sheet *sheet, int rows_needed)
{
	struct canvas *c = sheet->canvas;
	struct area all = {0, 0, c->rows, c->cols};
	char cols[12], rows[12], needs[128], text[256];

	snprintf(cols, sizeof(cols), "%d", VIEW_COLS_MIN);
	snprintf(rows, sizeof(rows), "%d", MAX(rows_needed, VIEW_ROWS_MIN));
	words_fill(needs, sizeof(needs), sheet_cashier_word(sheet, WORD_TOO_SMALL_NEEDS),
		   "cols", cols, "rows", rows, NULL);
	snprintf(text, sizeof(text), "%s\n%s", sheet_cashier_word(sheet, WORD_TOO_SMALL),
		 needs);
	canvas_clear(c);
	if (c->rows > 0 && c->cols > 0)
		sheet_centre_in(sheet, all, STYLE_PLAIN, text);
}

static const struct question *question_of(const struct sheet *sheet)
{
	const struct questionnaire *all = sheet->context->questionnaire;

	return sheet->page->kind == PAGE_COMPLAINT
		       ? &all->complaint
		       : &all->question[sheet->page->question];
}

static bool draw_question(struct sheet *sheet)
{
	int pole = sheet->canvas->rows - sheet->rows - STATUS_ROWS, needs = 0;

	if (view_question(sheet, question_of(sheet), &needs))
		return true;
	sheet_check(sheet, "text", 0, needs + pole, sheet->canvas->rows, true);
	draw_too_small(sheet, needs + pole);
	return false;
}

/* False: there is room for nothing more. */
static bool draw_page(struct sheet *sheet)
{
	switch (sheet->page->kind) {
	case PAGE_QUESTION:
	case PAGE_COMPLAINT:
		return draw_question(sheet);
	case PAGE_GREETING:
	case PAGE_THANKS:
	case PAGE_THANKS_UNSAVED:
	case PAGE_THANKS_PARTIAL:
	case PAGE_DECLINED:
	case PAGE_COMPLAINT_SAVED:
		view_end(sheet);
		return true;
	case PAGE_CASHIER:
		view_staff(sheet);
		return true;
	case PAGE_MANAGER:
		if (sheet->page->manager.at == MANAGER_PIN)
			view_staff(sheet);
		else
			view_manager(sheet);
		return true;
	case PAGE_ASLEEP:
		view_asleep(sheet);
		return sheet->page->test > 0;
	}
	g_assert_not_reached();
}

static void draw(struct sheet *sheet)
{
	canvas_clear(sheet->canvas);
	if (sheet->canvas->cols < VIEW_COLS_MIN || sheet->canvas->rows < VIEW_ROWS_MIN) {
		draw_too_small(sheet, 0);
		return;
	}
	if (!draw_page(sheet))
		return;
	if (sheet->status_row >= sheet->rows || view_status_is_urgent(sheet->page))
		view_status(sheet);
	if (sheet->context->pole)
		view_pole(sheet);
}

static struct sheet sheet_on(struct canvas *canvas, const struct page *page,
			     const struct view_context *context)
{
	int rows = canvas->rows - (context->pole ? view_pole_rows(canvas) : 0) -
		   STATUS_ROWS;

	return (struct sheet){.canvas = canvas,
			      .page = page,
			      .context = context,
			      .rows = rows,
			      .cols = canvas->cols,
			      .status_row = rows};
}

void view_draw(struct canvas *canvas, const struct page *page,
	       const struct view_context *context)
{
	struct sheet sheet = sheet_on(canvas, page, context);

	draw(&sheet);
}

int view_fit(const struct view_context *context, int question, int language, int cols,
	     int rows, void (*tell)(void *self, const struct view_misfit *misfit),
	     void *self)
{
	const struct questionnaire *all = context->questionnaire;
	const struct question *q = question == VIEW_COMPLAINT ? &all->complaint
							      : &all->question[question];
	struct page page = {
		.kind = question == VIEW_COMPLAINT ? PAGE_COMPLAINT : PAGE_QUESTION,
		.language = (uint8_t)language,
		.next_language = (uint8_t)language,
		.question = question == VIEW_COMPLAINT ? 0 : (uint8_t)question,
		.marked = -1,
		.paused_until = -1,
		.training_until = -1,
	};
	struct canvas canvas;
	int misfits = 0;

	canvas_init(&canvas);
	canvas_resize(&canvas, rows, cols);
	do {
		struct sheet sheet = sheet_on(&canvas, &page, context);

		draw(&sheet);
		for (int i = 0; i < sheet.misfits; i++) {
			bool again = page.choice_from > 0 && sheet.misfit[i].choice == 0;

			if (!again && tell != NULL)
				tell(self, &sheet.misfit[i]);
			misfits += !again;
		}
		page.choice_from = (uint8_t)(page.choice_from + CHOICE_PAGE);
	} while (page.choice_from < q->choices);
	canvas_free(&canvas);
	return misfits;
}

bool view_fits_code(const struct view_context *context, int cols, int rows)
{
	const struct page page = {.kind = PAGE_THANKS};
	struct canvas canvas;
	struct sheet sheet;
	bool fits;

	canvas_init(&canvas);
	canvas_resize(&canvas, rows, cols);
	sheet = sheet_on(&canvas, &page, context);
	fits = view_end_code(&sheet).cols > 0;
	canvas_free(&canvas);
	return fits;
}
