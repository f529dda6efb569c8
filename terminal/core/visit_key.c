#include "core/visit.h"

#include <string.h>

static void choose(struct visit *v, struct step *step, const struct question *q,
		   int digit)
{
	if (digit == 0) {
		if (q->choices > 9)
			v->choice_from = v->choice_from + 9 < q->choices
						 ? (uint8_t)(v->choice_from + 9)
						 : 0;
		return;
	}
	int line = v->choice_from + digit - 1;
	if (line < q->choices)
		visit_give(v, step, GIVEN_ANSWER,
			   page_choice_at(q, v->plan.item[v->at].shift, (uint8_t)line));
}

/* An answer key.  1 is held on scales that have a 10. */
static void digit_key(struct visit *v, struct step *step, int digit)
{
	const struct question *q = visit_question(v, step->rules);
	switch (q->kind) {
	case QUESTION_SMILEY:
		if (digit >= 1 && digit <= 5)
			visit_give(v, step, GIVEN_ANSWER, digit);
		break;
	case QUESTION_NPS10:
	case QUESTION_NPS11:
		if (digit == 1)
			v->held_ms = step->now->mono_ms + VISIT_HELD_MS;
		else
			visit_give(v, step, GIVEN_ANSWER,
				   digit == 0 && q->kind == QUESTION_NPS10 ? 10 : digit);
		break;
	case QUESTION_YESNO:
		if (digit == 1 || digit == 2)
			visit_give(v, step, GIVEN_ANSWER, digit == 1);
		break;
	case QUESTION_CHOICE:
		choose(v, step, q, digit);
		break;
	case QUESTION_WORDS:
		break;
	}
}

/* A key while the 1 is held.  True: that was all of it. */
static bool held_key(struct visit *v, struct step *step, enum key key, uint32_t character)
{
	if (key == KEY_TEXT && character == '0') {
		visit_give(v, step, GIVEN_ANSWER, 10);
		return true;
	}
	if (key == KEY_TEXT && (character == '1' || character == '+'))
		return true;
	if (key == KEY_BACKSPACE || (key == KEY_TEXT && character == '.')) {
		v->held_ms = MOMENT_NEVER;
		return true;
	}
	visit_give(v, step, GIVEN_ANSWER, 1);
	return key == KEY_ENTER || v->state != VISIT_ASKING;
}

static bool blank(const char *text)
{
	return text[strspn(text, " ")] == '\0';
}

static void text_key(struct visit *v, struct step *step, enum key key, uint32_t character)
{
	size_t length = strlen(v->typing);
	switch (key) {
	case KEY_TEXT:
		length = page_append(v->typing, length, WORDS_MAX, character);
		break;
	case KEY_BACKSPACE:
		if (length == 0)
			visit_back(v, step);
		else
			page_erase(v->typing, length);
		break;
	case KEY_ENTER:
		visit_give(v, step, blank(v->typing) ? GIVEN_SKIP : GIVEN_ANSWER, 0);
		break;
	case KEY_ESCAPE:
		visit_leave(v, step);
		break;
	case KEY_PAUSE:
	case KEY_CASHIER:
	case KEY_MANAGER:
	case KEY_DEMO:
		break;
	}
}

static void asking_key(struct visit *v, struct step *step, enum key key,
		       uint32_t character)
{
	visit_more_time(v, step->rules, step->now->mono_ms);
	if (v->held_ms != MOMENT_NEVER && held_key(v, step, key, character))
		return;
	if (visit_wants_text(v, step->rules)) {
		text_key(v, step, key, character);
		return;
	}
	if (key == KEY_ENTER)
		visit_give(v, step, GIVEN_SKIP, 0);
	else if (key == KEY_BACKSPACE || (key == KEY_TEXT && character == '.'))
		visit_back(v, step);
	else if (key == KEY_ESCAPE || (key == KEY_TEXT && character == '-'))
		visit_leave(v, step);
	else if (key == KEY_TEXT && character >= '0' && character <= '9')
		digit_key(v, step, (int)(character - '0'));
	else if (key == KEY_TEXT && character == '+')
		v->grace_ms = MOMENT_NEVER;
}

void visit_key(struct visit *v, struct step *step, enum key key, uint32_t character)
{
	bool wants_back = key == KEY_BACKSPACE || (key == KEY_TEXT && character == '.');
	switch (v->state) {
	case VISIT_ASKING:
		asking_key(v, step, key, character);
		break;
	case VISIT_SAVING:
	case VISIT_THANKED:
		if (wants_back)
			visit_back(v, step);
		break;
	case VISIT_NONE:
	case VISIT_WAITING:
	case VISIT_LEFT:
		break;
	}
}
