/* Recordings, played with their own timing. The format is told in port.h. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include "drivers/port_kind.h"

#define FILE_MAX (1024 * 1024)
#define MS_MAX   (24L * 60 * 60 * 1000)

#define SPEED_MIN 0.01
#define SPEED_MAX 1000.0

/* Bytes [from, to) are due at `at_ms` after the start. */
struct piece {
	gint64 at_ms;
	size_t from, to;
};

struct replay {
	struct port port; /* .fd is a timer */
	GArray *pieces;   /* struct piece, in order of time */
	GByteArray *bytes;
	gint64 started_ms;
	size_t next;   /* piece */
	size_t played; /* bytes */
	bool begun;    /* before the first read nothing waits that could be dropped */
};

static gint64 now_ms(void)
{
	return g_get_monotonic_time() / 1000;
}

/* Sets the timer to the next piece; without one it stays readable, so that the end is
 * told to whoever polls. */
static void arm(struct replay *replay)
{
	struct itimerspec spec = {.it_value = {.tv_nsec = 1}};

	if (replay->next < replay->pieces->len) {
		gint64 at =
			replay->started_ms +
			g_array_index(replay->pieces, struct piece, replay->next).at_ms;

		if (at > 0) {
			spec.it_value.tv_sec = at / 1000;
			spec.it_value.tv_nsec = at % 1000 * 1000000;
		}
	}
	timerfd_settime(replay->port.fd, TFD_TIMER_ABSTIME, &spec, NULL);
}

/* The piece that is due and has bytes left, or NULL. */
static const struct piece *due(struct replay *replay)
{
	while (replay->next < replay->pieces->len) {
		const struct piece *piece = &g_array_index(replay->pieces, struct piece,
							   replay->next);

		if (replay->started_ms + piece->at_ms > now_ms())
			return NULL;
		if (replay->played < piece->to)
			return piece;
		replay->next++;
		arm(replay);
	}
	return NULL;
}

static enum port_read replay_read(struct port *port, void *bytes, size_t n, size_t *got)
{
	struct replay *replay = (struct replay *)port;
	const struct piece *piece = due(replay);

	replay->begun = true;
	if (!piece)
		return replay->next < replay->pieces->len ? PORT_QUIET : PORT_ENDED;
	*got = MIN(n, piece->to - replay->played);
	memcpy(bytes, replay->bytes->data + replay->played, *got);
	replay->played += *got;
	return PORT_DATA;
}

static void replay_drop(struct port *port)
{
	struct replay *replay = (struct replay *)port;
	const struct piece *piece;

	while (replay->begun && (piece = due(replay)) != NULL)
		replay->played = piece->to;
}

static void replay_free(struct replay *replay)
{
	explicit_bzero(replay->bytes->data, replay->bytes->len);
	g_byte_array_unref(replay->bytes);
	g_array_unref(replay->pieces);
	if (replay->port.fd >= 0)
		close(replay->port.fd);
	g_free(replay);
}

static void replay_close(struct port *port)
{
	replay_free((struct replay *)port);
}

static const struct port_kind replay_kind = {replay_read, replay_drop, replay_close};

/* Hex pairs and "text" after the time; NULL, or what is wrong. */
static const char *parse_bytes(const char *text, GByteArray *bytes)
{
	while (*text) {
		guint8 byte;

		if (g_ascii_isspace(*text)) {
			text++;
			continue;
		}
		if (*text == '"') {
			const char *end = strchr(text + 1, '"');

			if (!end)
				return "a text without its closing \"";
			g_byte_array_append(bytes, (const guint8 *)text + 1,
					    (guint)(end - text - 1));
			text = end + 1;
			continue;
		}
		if (!g_ascii_isxdigit(text[0]) || !g_ascii_isxdigit(text[1]))
			return "neither a pair of hex digits nor a \"text\"";
		byte = (guint8)(g_ascii_xdigit_value(text[0]) << 4 |
				g_ascii_xdigit_value(text[1]));
		g_byte_array_append(bytes, &byte, 1);
		text += 2;
	}
	return NULL;
}

/* One line; NULL, or what is wrong. *at_ms is moved on. */
static const char *parse_line(struct replay *replay, const char *line, gint64 *at_ms)
{
	struct piece piece;
	const char *fault;
	char *end;
	long ms;

	if (*line == '#' || *line == '\0')
		return NULL;
	if (line[0] != '+' || !g_ascii_isdigit(line[1]))
		return "a line begins with +MILLISECONDS or #";
	ms = strtol(line + 1, &end, 10);
	if (ms > MS_MAX || (*end && !g_ascii_isspace(*end)))
		return "the time is +0 to +86400000";
	*at_ms += ms;
	piece.at_ms = *at_ms;
	piece.from = replay->bytes->len;
	fault = parse_bytes(end, replay->bytes);
	piece.to = replay->bytes->len;
	g_array_append_val(replay->pieces, piece);
	return fault;
}

static bool parse(struct replay *replay, const char *file, char *text, GError **error)
{
	gint64 at_ms = 0;
	int number = 1;

	for (char *line = text; line; number++) {
		char *next = strchr(line, '\n');
		const char *fault;

		if (next)
			*next++ = '\0';
		fault = parse_line(replay, g_strchomp(line), &at_ms);
		if (fault) {
			g_set_error(error, PORT_ERROR, PORT_ERROR_UNUSABLE,
				    "playing %s:%d: %s; correct the line", file, number,
				    fault);
			return false;
		}
		line = next;
	}
	return true;
}

/* The file's name and the speed of what follows "replay:"; the caller frees. */
static char *split_name(const char *name, double *speed)
{
	const char *at = strrchr(name, '@');
	char *end = NULL;
	double wanted = at ? g_ascii_strtod(at + 1, &end) : 0;

	*speed = 1;
	if (!at || !g_ascii_isdigit(at[1]) || *end != '\0' || wanted < SPEED_MIN ||
	    wanted > SPEED_MAX || g_file_test(name, G_FILE_TEST_EXISTS))
		return g_strdup(name);
	*speed = wanted;
	return g_strndup(name, (gsize)(at - name));
}

static void change_speed(struct replay *replay, double speed)
{
	for (guint i = 0; i < replay->pieces->len; i++) {
		struct piece *piece = &g_array_index(replay->pieces, struct piece, i);

		piece->at_ms = (gint64)((double)piece->at_ms / speed);
	}
}

struct port *port_replay_open(const char *name, GError **error)
{
	double speed;
	g_autofree char *file = split_name(name, &speed);
	g_autoptr(GError) why = NULL;
	struct replay *replay;
	char *text;
	gsize n;
	bool parsed;

	if (!g_file_get_contents(file, &text, &n, &why)) {
		g_set_error(error, PORT_ERROR, PORT_ERROR_UNUSABLE,
			    "playing %s: %s; correct device=replay:FILE", file,
			    why->message);
		return NULL;
	}
	replay = g_new0(struct replay, 1);
	replay->port.kind = &replay_kind;
	replay->port.fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
	replay->pieces = g_array_new(FALSE, FALSE, sizeof(struct piece));
	replay->bytes = g_byte_array_sized_new((guint)MIN(n, FILE_MAX) + 1);
	parsed = n <= FILE_MAX && parse(replay, file, text, error);
	if (n > FILE_MAX)
		g_set_error(error, PORT_ERROR, PORT_ERROR_UNUSABLE,
			    "playing %s: it is longer than 1 MB; play a part of it",
			    file);
	explicit_bzero(text, n);
	g_free(text);
	if (!parsed) {
		replay_free(replay);
		return NULL;
	}
	change_speed(replay, speed);
	replay->started_ms = now_ms();
	arm(replay);
	return &replay->port;
}
