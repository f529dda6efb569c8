#include "core/figure.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

struct figure figure_unknown(void)
{
	return (struct figure){.state = FIGURE_UNKNOWN, .n_earlier = -1};
}

bool figure_begin(struct figure *f, int64_t n, int64_t n_earlier, int decimals, int min_n)
{
	int64_t least = n_earlier >= 0 && n_earlier < n ? n_earlier : n;
	*f = (struct figure){.decimals = (uint8_t)decimals,
			     .n = n,
			     .n_earlier = n_earlier,
			     .interval = FIGURE_TOO_FEW};
	if (least == 0)
		f->state = FIGURE_NO_ANSWERS;
	else if (least < min_n)
		f->state = FIGURE_HIDDEN;
	else
		f->state = least < FIGURE_SOUND_N ? FIGURE_FEW : FIGURE_SOUND;
	return figure_is_shown(f);
}

static double cut(double x, double least, double most)
{
	return x < least ? least : x > most ? most : x;
}

void figure_set(struct figure *f, double value, double low, double high, double least,
		double most)
{
	assert(figure_is_shown(f));
	f->interval = FIGURE_INTERVAL;
	f->figure_raw_value = value;
	f->figure_raw_low = cut(low, least, most);
	f->figure_raw_high = cut(high, least, most);
}

void figure_set_bare(struct figure *f, double value, enum figure_interval why)
{
	assert(figure_is_shown(f) && why != FIGURE_INTERVAL);
	f->interval = why;
	f->figure_raw_value = f->figure_raw_low = f->figure_raw_high = value;
}

struct figure figure_sum(double value, int64_t n, int decimals, int min_n)
{
	struct figure f;
	if (figure_begin(&f, n, -1, decimals, min_n))
		figure_set_bare(&f, value, FIGURE_NO_METHOD);
	return f;
}

bool figure_is_shown(const struct figure *f)
{
	return f->state == FIGURE_FEW || f->state == FIGURE_SOUND;
}

bool figure_is_change(const struct figure *f)
{
	return figure_is_shown(f) && f->n_earlier >= 0 &&
	       f->interval == FIGURE_INTERVAL &&
	       (f->figure_raw_low > 0 || f->figure_raw_high < 0);
}

int figure_sign(const struct figure *f)
{
	if (!figure_is_shown(f))
		return 0;
	return (f->figure_raw_value > 0) - (f->figure_raw_value < 0);
}

static int order(const struct figure *a, const struct figure *b, double x, double y)
{
	int seen = figure_is_shown(b) - figure_is_shown(a);
	if (seen != 0 || !figure_is_shown(a))
		return seen;
	return (x < y) - (x > y);
}

int figure_compare(const struct figure *a, const struct figure *b)
{
	return order(a, b, a->figure_raw_value, b->figure_raw_value);
}

int figure_compare_low(const struct figure *a, const struct figure *b)
{
	return order(a, b, a->figure_raw_low, b->figure_raw_low);
}

bool figure_place(const struct figure *f, double least, double most,
		  struct figure_place *place)
{
	double length = most - least;
	if (!figure_is_shown(f) || !(length > 0))
		return false;
	place->value = cut((f->figure_raw_value - least) / length, 0, 1);
	place->low = cut((f->figure_raw_low - least) / length, 0, 1);
	place->high = cut((f->figure_raw_high - least) / length, 0, 1);
	return true;
}

void figure_stretch(const struct figure *f, double *least, double *most)
{
	if (!figure_is_shown(f))
		return;
	*least = fmin(*least, f->figure_raw_low);
	*most = fmax(*most, f->figure_raw_high);
}

/* A tie in decimal is often none in binary (100 * 3 / 2000 = 0.15 lies below it), so what lies
 * within TIE below a half is one: of ratios with a denominator below 5e8 none but ties does. */
#define TIE 1e-9

static void format_number(double x, int decimals, char out[32])
{
	double scale = 1;
	for (int i = 0; i < decimals; i++)
		scale *= 10;
	double units = floor(fabs(x) * scale + 0.5 + TIE);
	const char *sign = x < 0 && units > 0 ? "-" : "";
	assert(units < 9e15);
	int64_t whole = (int64_t)(units / scale);
	int64_t part = (int64_t)units - whole * (int64_t)scale;
	if (decimals == 0)
		snprintf(out, 32, "%s%" PRId64, sign, whole);
	else
		snprintf(out, 32, "%s%" PRId64 ".%0*" PRId64, sign, whole, decimals,
			 part);
}

/* Adds TEXT, whole characters only. */
static void add(char out[FIGURE_TEXT_MAX], const char *text)
{
	size_t used = strlen(out), length = strlen(text);
	if (used + length >= FIGURE_TEXT_MAX) {
		length = FIGURE_TEXT_MAX - 1 - used;
		while (length > 0 && ((unsigned char)text[length] & 0xc0) == 0x80)
			length--;
	}
	memcpy(out + used, text, length);
	out[used + length] = '\0';
}

static void add_number(char out[FIGURE_TEXT_MAX], const struct figure *f, double x)
{
	char number[32];
	format_number(x, f->decimals, number);
	add(out, number);
}

static void add_interval(char out[FIGURE_TEXT_MAX], const struct figure *f,
			 const struct figure_words *words)
{
	add_number(out, f, f->figure_raw_value);
	add(out, " [");
	if (f->interval == FIGURE_INTERVAL) {
		add_number(out, f, f->figure_raw_low);
		add(out, "; ");
		add_number(out, f, f->figure_raw_high);
	} else {
		add(out, words->no_interval[f->interval]);
	}
	add(out, "]");
}

static void add_n(char out[FIGURE_TEXT_MAX], const struct figure *f)
{
	char n[64];
	if (f->n_earlier >= 0)
		snprintf(n, sizeof n, ", n=%" PRId64 "+%" PRId64, f->n, f->n_earlier);
	else
		snprintf(n, sizeof n, ", n=%" PRId64, f->n);
	add(out, n);
}

void figure_format(const struct figure *f, const struct figure_words *words,
		   char out[FIGURE_TEXT_MAX])
{
	out[0] = '\0';
	switch (f->state) {
	case FIGURE_UNKNOWN:
		add(out, words->unknown);
		break;
	case FIGURE_NO_ANSWERS:
		add(out, words->no_answers);
		break;
	case FIGURE_HIDDEN:
		add(out, words->hidden);
		add_n(out, f);
		break;
	case FIGURE_FEW:
		add_interval(out, f, words);
		add_n(out, f);
		add(out, " (");
		add(out, words->few);
		add(out, ")");
		break;
	case FIGURE_SOUND:
		add_interval(out, f, words);
		add_n(out, f);
		break;
	}
}
