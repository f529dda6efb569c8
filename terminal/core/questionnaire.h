/* questionnaire.h - questions as data: kinds, wording, what counts as low.
 *
 * Filled once from config.ini by config.c, then read-only; every text is UTF-8, checked,
 * and belongs to the struct config (it outlives every core).  Languages are indexes into
 * [terminal] languages.  Kinds and `when`: config.ini, [question NAME].
 */
#ifndef TILLASK_CORE_QUESTIONNAIRE_H
#define TILLASK_CORE_QUESTIONNAIRE_H

#include <stdbool.h>
#include <stdint.h>

#define LANGUAGES_MAX 12
#define QUESTIONS_MAX 32
#define CHOICES_MAX   36  /* four pages of nine */
#define ASKED_MAX     5   /* questions in one visit, extras included */
#define WORDS_MAX     400 /* bytes of a customer's own words, UTF-8 */

enum question_kind {
	QUESTION_SMILEY, /* 1 worst .. 5 */
	QUESTION_NPS10,  /* 1..10, critics 1-6 */
	QUESTION_NPS11,  /* 0..10, critics 0-6 */
	QUESTION_YESNO,  /* 1 yes, 0 no (keys 1 and 2); no is low */
	QUESTION_CHOICE, /* 1..n */
	QUESTION_WORDS,  /* text */
};

enum question_when {
	WHEN_ALWAYS,
	WHEN_TURN,     /* drawn from a shuffled deck for the places left */
	WHEN_LOW,      /* extra, right after the first low answer of the visit */
	WHEN_RETURNED, /* extra at the end: a card back after sleeping */
};

struct question {
	const char *name; /* [question NAME] */
	enum question_kind kind;
	enum question_when when;
	const char *point;    /* point of contact, "" when not given */
	uint16_t every_days;  /* 0: no limit a card */
	bool rotate;          /* choices start at a random place, the last stays last */
	uint64_t low_choices; /* bit n-1: choice n counts as low */
	uint8_t choices;      /* how many (QUESTION_CHOICE), else 0 */
	const char
		*text[LANGUAGES_MAX]; /* may hold one '\n' where a line break is wished */
	const char *low[LANGUAGES_MAX]; /* end labels of scales, "" for the other kinds */
	const char *high[LANGUAGES_MAX];
	const char *choice[CHOICES_MAX][LANGUAGES_MAX];
	const char *responsible
		[CHOICES_MAX]; /* who answers for a choice; NULL or "": nobody */
};

struct questionnaire {
	uint8_t count;
	uint8_t places; /* [survey] questions, 1..5; never fewer than the WHEN_ALWAYS */
	struct question question[QUESTIONS_MAX];
	/* The page of `*`: a choice, not in question[].  Its texts are the choices of the first
	 * low choice question, or the nine reasons of messages.ini. */
	struct question complaint;
	/* The shop's own line below "You asked, we did it:" on the thanks page; "": none. */
	const char *done[LANGUAGES_MAX];
	/* What the code below "Write to us" on the pages of thanks says, ASCII; NULL or "": none. */
	const char *qr;
};

const char *question_kind_name(enum question_kind kind);
const char *question_when_name(enum question_when when);
/* Smallest and greatest value of a scale or choice; 0 and 0 for words. */
void question_range(const struct question *q, int *least, int *most);
/* Whether VALUE opens the low extras: critic 1-6 (0-6), smiley 1-2, no, a low choice. */
bool question_is_low(const struct question *q, int value);

#endif
