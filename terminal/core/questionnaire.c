#include "core/questionnaire.h"

static const struct {
	const char *name;
	int least, most;
	int low_most; /* values up to this one are low; below `least`: none is */
} kinds[] = {
	[QUESTION_SMILEY] = {"smiley", 1, 5, 2}, [QUESTION_NPS10] = {"nps10", 1, 10, 6},
	[QUESTION_NPS11] = {"nps11", 0, 10, 6},  [QUESTION_YESNO] = {"yesno", 0, 1, 0},
	[QUESTION_CHOICE] = {"choice", 1, 0, 0}, [QUESTION_WORDS] = {"words", 0, 0, -1},
};

const char *question_kind_name(enum question_kind kind)
{
	return kinds[kind].name;
}

const char *question_when_name(enum question_when when)
{
	static const char *const names[] = {
		[WHEN_ALWAYS] = "always",
		[WHEN_TURN] = "turn",
		[WHEN_LOW] = "low",
		[WHEN_RETURNED] = "returned",
	};
	return names[when];
}

void question_range(const struct question *q, int *least, int *most)
{
	*least = kinds[q->kind].least;
	*most = q->kind == QUESTION_CHOICE ? q->choices : kinds[q->kind].most;
}

bool question_is_low(const struct question *q, int value)
{
	if (q->kind == QUESTION_CHOICE)
		return value >= 1 && value <= CHOICES_MAX &&
		       (q->low_choices >> (value - 1) & 1) != 0;
	return value <= kinds[q->kind].low_most;
}
