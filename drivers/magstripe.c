#include "drivers/magstripe.h"

#include <string.h>

#define ETX 0x03
#define LF  0x0A
#define CR  0x0D
#define DLE 0x10
#define ESC 0x1B

/* Data characters of a track (ISO/IEC 7811-2, ISO 4909). */
static const unsigned longest[4] = {0, 76, 37, 104};

/* Digits of a number on track 2 and 3; characters of one that is all of track 1. */
#define DIGITS_MIN 4
#define DIGITS_MAX 19
#define WHOLE_MIN  4
#define WHOLE_MAX  CARD_NUMBER_MAX

/* The track that a start sentinel opens, or 0. */
static int start_of(unsigned char c)
{
	if (c == '%')
		return 1;
	if (c == ';')
		return 2;
	return c == '+' || c == '!' || c == '#' ? 3 : 0;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool in_alphabet(int track, unsigned char c)
{
	return track == 1 ? c >= 0x20 && c <= 0x7E : c >= '0' && c <= '?';
}

static bool set_number(struct card_reading *out, const char *text, size_t n)
{
	memcpy(out->number, text, n);
	out->number[n] = '\0';
	out->result = CARD_NUMBER;
	return true;
}

/* Digits to the first '=' or the end; anything else between makes it no number. */
static bool number_of_digits(const struct card_raw *raw, struct card_reading *out)
{
	unsigned n = 0;

	while (n < raw->n && is_digit(raw->bytes[n]))
		n++;
	if (n < DIGITS_MIN || n > DIGITS_MAX || (n < raw->n && raw->bytes[n] != '='))
		return false;
	return set_number(out, raw->bytes, n);
}

/* Bank format: B, digits, '^'. Taken only for a loyalty prefix that is named, as the guard
 * lets longer ones pass only then. Blanks do not count. */
static bool number_of_format_b(const struct card_raw *raw, const struct card_rules *rules,
			       struct card_reading *out)
{
	unsigned n = 0;

	if (raw->n == 0 || raw->bytes[0] != 'B')
		return false;
	for (unsigned i = 1; i < raw->n && raw->bytes[i] != '^'; i++) {
		if (raw->bytes[i] == ' ')
			continue;
		if (!is_digit(raw->bytes[i]) || n == DIGITS_MAX)
			return false;
		out->number[n++] = raw->bytes[i];
	}
	out->number[n] = '\0';
	out->result = CARD_NUMBER;
	return n >= DIGITS_MIN && card_has_prefix(rules, out->number);
}

static bool number_of_whole(const struct card_raw *raw, struct card_reading *out)
{
	if (raw->n < WHOLE_MIN || raw->n > WHOLE_MAX)
		return false;
	for (unsigned i = 0; i < raw->n; i++) {
		char c = raw->bytes[i];

		if (!is_digit(c) && (c < 'A' || c > 'Z'))
			return false;
	}
	return set_number(out, raw->bytes, raw->n);
}

static bool number_of_track(const struct magstripe *m, int track,
			    struct card_reading *out)
{
	const struct card_raw *raw = &m->raw[track];

	if (!m->good[track])
		return false;
	if (track != 1)
		return number_of_digits(raw, out);
	return number_of_format_b(raw, m->rules, out) || number_of_whole(raw, out);
}

static void forget_swipe(struct magstripe *m)
{
	explicit_bzero(m->raw, sizeof(m->raw));
	memset(m->closed, 0, sizeof(m->closed));
	memset(m->good, 0, sizeof(m->good));
	m->swipe_faults = 0;
	m->told = false;
}

static void end_swipe(struct magstripe *m, card_sink *sink, void *user)
{
	static const int order[] = {2, 1, 3};
	struct card_reading reading = {.result = CARD_ERROR};
	bool found = false;

	for (int i = 0; i < 3 && !found; i++) {
		found = number_of_track(m, order[i], &reading);
		if (!found && m->good[order[i]])
			m->swipe_faults |= 1U << CARD_FORMAT;
	}
	if (!found) {
		explicit_bzero(&reading, sizeof(reading));
		reading.result = CARD_ERROR;
		while (reading.error < CARD_ERRORS - 1 &&
		       !(m->swipe_faults & 1U << reading.error))
			reading.error++;
	}
	if (!m->told && (found || m->swipe_faults != 0))
		sink(&reading, user);
	explicit_bzero(&reading, sizeof(reading));
	forget_swipe(m);
}

/* The guard sees every track the moment it closes; a refused one ends all doubt. */
static void guard(struct magstripe *m, int track, card_sink *sink, void *user)
{
	struct card_reading reading = {.result = CARD_NUMBER};

	switch (payment_card_track(track, &m->raw[track], m->rules)) {
	case PAYMENT_CARD_CLEAR:
		return;
	case PAYMENT_CARD_PAYMENT:
		reading.result = CARD_REFUSED_PAYMENT;
		break;
	case PAYMENT_CARD_DOCUMENT:
		reading.result = CARD_REFUSED_DOCUMENT;
		break;
	}
	explicit_bzero(m->raw, sizeof(m->raw));
	memset(m->good, 0, sizeof(m->good));
	if (!m->told)
		sink(&reading, user);
	m->told = true;
}

static bool has_all_tracks(const struct magstripe *m)
{
	return m->closed[1] && m->closed[2] && m->closed[3];
}

/* A track number that comes again begins a new swipe. */
static void open_track(struct magstripe *m, int track, card_sink *sink, void *user)
{
	if (m->closed[track])
		end_swipe(m, sink, user);
	m->state = MAGSTRIPE_INSIDE;
	m->track = track;
	m->payload = 0;
	m->faults = 0;
}

static void close_track(struct magstripe *m, unsigned faults, card_sink *sink, void *user)
{
	m->state = MAGSTRIPE_OUTSIDE;
	m->closed[m->track] = true;
	m->swipe_faults |= faults;
	m->good[m->track] = faults == 0 && !m->told;
	guard(m, m->track, sink, user);
	if (faults != 0 || m->told)
		card_raw_wipe(&m->raw[m->track]);
	if (has_all_tracks(m))
		end_swipe(m, sink, user);
}

static void cut_track(struct magstripe *m, card_sink *sink, void *user)
{
	close_track(m, m->faults | 1U << CARD_TRUNCATED, sink, user);
}

/* `?` came. Nothing, or the single letter E, is how readers say that they failed. */
static void finish_track(struct magstripe *m, card_sink *sink, void *user)
{
	const struct card_raw *raw = &m->raw[m->track];
	bool failed = m->payload == 0 || (m->payload == 1 && raw->bytes[0] == 'E');

	close_track(m, failed ? 1U << CARD_READ_ERROR : m->faults, sink, user);
	if (m->lrc)
		m->state = MAGSTRIPE_LRC;
}

/* A track that failed without data: the marks of Ultimate and Extech readers. */
static void mark_failed(struct magstripe *m, int track, card_sink *sink, void *user)
{
	open_track(m, track, sink, user);
	close_track(m, 1U << CARD_READ_ERROR, sink, user);
}

static void inside(struct magstripe *m, unsigned char c, card_sink *sink, void *user)
{
	if (c == '?') {
		finish_track(m, sink, user);
		return;
	}
	if (m->track != 1 && (c == '%' || c == ';')) {
		cut_track(m, sink, user);
		open_track(m, start_of(c), sink, user);
		return;
	}
	if (c == CR || c == LF || c == ETX || c == DLE) {
		cut_track(m, sink, user);
		if (c == ETX)
			end_swipe(m, sink, user);
		return;
	}
	if (!in_alphabet(m->track, c))
		m->faults |= 1U << CARD_BAD_CHAR;
	card_raw_add(&m->raw[m->track], c);
	if (++m->payload > longest[m->track])
		m->faults |= 1U << CARD_OVERLONG;
	if (m->payload > MAGSTRIPE_PAYLOAD_MAX)
		close_track(m, m->faults, sink, user);
}

static void outside(struct magstripe *m, unsigned char c, card_sink *sink, void *user)
{
	int track = start_of(c);

	m->state = MAGSTRIPE_OUTSIDE;
	if (track != 0)
		open_track(m, track, sink, user);
	else if (c == ETX)
		end_swipe(m, sink, user);
	else if (c == 'M')
		m->state = MAGSTRIPE_M;
	else if (c == ESC)
		m->state = MAGSTRIPE_ESCAPE;
}

static void step(struct magstripe *m, unsigned char c, card_sink *sink, void *user)
{
	switch (m->state) {
	case MAGSTRIPE_INSIDE:
		inside(m, c, sink, user);
		return;
	case MAGSTRIPE_LRC:
		m->state = MAGSTRIPE_OUTSIDE;
		return;
	case MAGSTRIPE_M:
		if (c == '1' || c == '2') {
			m->track = c - '0';
			m->state = MAGSTRIPE_M_DIGIT;
			return;
		}
		break;
	case MAGSTRIPE_M_DIGIT:
		if (c == '!') {
			m->state = MAGSTRIPE_MARK;
			return;
		}
		break;
	case MAGSTRIPE_MARK:
		if (c == CR) {
			mark_failed(m, m->track, sink, user);
			return;
		}
		open_track(m, 3, sink, user);
		inside(m, c, sink, user);
		return;
	case MAGSTRIPE_ESCAPE:
		if (c == 'E') {
			m->state = MAGSTRIPE_ESCAPE_E;
			return;
		}
		break;
	case MAGSTRIPE_ESCAPE_E:
		if (c == ',') {
			m->state = MAGSTRIPE_ESCAPE_E_COMMA;
			return;
		}
		break;
	case MAGSTRIPE_ESCAPE_E_COMMA:
		m->state = MAGSTRIPE_OUTSIDE;
		if (is_digit((char)c)) {
			m->swipe_faults |= 1U << CARD_READ_ERROR;
			return;
		}
		break;
	case MAGSTRIPE_OUTSIDE:
		break;
	}
	outside(m, c, sink, user);
}

void magstripe_init(struct magstripe *m, const struct card_rules *rules, bool lrc)
{
	memset(m, 0, sizeof(*m));
	m->rules = rules;
	m->lrc = lrc;
}

void magstripe_feed(struct magstripe *m, const unsigned char *bytes, size_t n,
		    card_sink *sink, void *user)
{
	for (size_t i = 0; i < n; i++)
		step(m, bytes[i], sink, user);
}

void magstripe_idle(struct magstripe *m, card_sink *sink, void *user)
{
	if (m->state == MAGSTRIPE_MARK)
		open_track(m, 3, sink, user);
	if (m->state == MAGSTRIPE_INSIDE)
		cut_track(m, sink, user);
	end_swipe(m, sink, user);
	m->state = MAGSTRIPE_OUTSIDE;
}

bool magstripe_pending(const struct magstripe *m)
{
	return m->state != MAGSTRIPE_OUTSIDE || m->told || m->swipe_faults != 0 ||
	       m->closed[1] || m->closed[2] || m->closed[3];
}

void magstripe_reset(struct magstripe *m)
{
	forget_swipe(m);
	m->state = MAGSTRIPE_OUTSIDE;
	m->track = 0;
	m->payload = 0;
	m->faults = 0;
}
