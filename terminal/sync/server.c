#include "sync/server.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#define CONNECT_S    "10"
#define SILENCE_MS   "60000"
#define KEYWORDS_MAX 64
#define PIECE        65536

struct server {
	PGconn *connection;
	char *password; /* "" when none is known */
	int silence_ms;
};

G_DEFINE_QUARK(tillask - server - error - quark, server_error)

/* ---- what is said ----------------------------------------------------------------------- */

/* On one line, without the password. */
static char *clean(const char *password, const char *text)
{
	g_autoptr(GString) line = g_string_new(text);

	if (*password != '\0')
		g_string_replace(line, password, "***", 0);
	g_strdelimit(line->str, "\r\n\t", ' ');
	return g_strdup(g_strstrip(line->str));
}

static bool gone(struct server *s, const char *what, GError **error)
{
	g_autofree char *why = clean(s->password, PQerrorMessage(s->connection));

	g_set_error(error, SERVER_ERROR, SERVER_ERROR_GONE, "%s: %s", what,
		    *why != '\0' ? why : "the connection broke");
	return false;
}

static bool silent(struct server *s, GError **error)
{
	g_set_error(
		error, SERVER_ERROR, SERVER_ERROR_GONE,
		"waiting for the server: no answer for %d s; the connection is given up",
		s->silence_ms / 1000);
	return false;
}

static const struct {
	const char *state, *next; /* begins with; what to do */
} remedies[] = {
	{"3D000", "create the database, or name another one in [sync] server="},
	{"3F000", "run `tillask central migrate`"},
	{"42P01", "run `tillask central migrate`"},
	{"42703", "run `tillask central migrate`"},
	{"42883", "run `tillask central migrate`"},
	{"42501", "enrol the role for this store, and make it a member of tillask_till"},
	{"53100", "make room on the server"},
	{"53", "see to the server"},
	{"57P", "the server is stopping or starting; it is tried again"},
	{"25006", "this is a standby that only reads; name the primary"},
};

static const char *remedy(const char *state)
{
	for (size_t i = 0; i < G_N_ELEMENTS(remedies); i++)
		if (g_str_has_prefix(state, remedies[i].state))
			return remedies[i].next;
	return NULL;
}

static enum server_error error_of(const char *state)
{
	if (strcmp(state, "23505") == 0)
		return SERVER_ERROR_KEY;
	if (g_str_has_prefix(state, "22") || g_str_has_prefix(state, "23"))
		return SERVER_ERROR_ROW;
	return SERVER_ERROR_OTHER;
}

/* The first line of what the server says: its details may hold a whole row. */
static void refused(const struct server *s, const PGresult *result, GError **error)
{
	const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
	const char *primary = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
	g_autofree char *said = clean(s->password, primary != NULL ? primary : "");

	state = state != NULL ? state : "";
	const char *next = remedy(state);
	g_set_error(error, SERVER_ERROR, (int)error_of(state),
		    "the server says: %s (SQLSTATE %s)%s%s", said, state,
		    next != NULL ? "; " : "", next != NULL ? next : "");
}

/* ---- waiting ---------------------------------------------------------------------------- */

/* Sends what is buffered and waits until EVENTS come, taking in what the server says. */
static bool turn(struct server *s, short events, GError **error)
{
	struct pollfd wanted = {.fd = PQsocket(s->connection), .events = events};
	int n;

	do
		n = poll(&wanted, 1, s->silence_ms);
	while (n < 0 && errno == EINTR);
	if (n == 0)
		return silent(s, error);
	if ((wanted.revents & (POLLIN | POLLHUP | POLLERR)) != 0 &&
	    PQconsumeInput(s->connection) == 0)
		return gone(s, "reading from the server", error);
	return true;
}

static bool flush(struct server *s, GError **error)
{
	int left;

	while ((left = PQflush(s->connection)) > 0)
		if (!turn(s, POLLIN | POLLOUT, error))
			return false;
	return left == 0 || gone(s, "sending to the server", error);
}

/* *RESULT: the next one, NULL when there is none; for PQclear(). */
static bool next_result(struct server *s, PGresult **result, GError **error)
{
	while (PQisBusy(s->connection))
		if (!turn(s, POLLIN, error))
			return false;
	*result = PQgetResult(s->connection);
	return true;
}

/* Takes all results of what was sent.  *KEPT (may be NULL) gets the last one with rows.  False:
 * the first of them that failed. */
static bool take_results(struct server *s, PGresult **kept, GError **error)
{
	bool fine = true;
	PGresult *result;

	for (;;) {
		if (!next_result(s, &result, fine ? error : NULL))
			return false;
		if (result == NULL)
			break;
		ExecStatusType status = PQresultStatus(result);
		if (status == PGRES_TUPLES_OK && kept != NULL) {
			PQclear(*kept);
			*kept = result;
			continue;
		}
		if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK && fine) {
			fine = false;
			refused(s, result, error);
		}
		PQclear(result);
	}
	if (PQstatus(s->connection) == CONNECTION_OK)
		return fine;
	if (error != NULL)
		g_clear_error(error);
	return gone(s, "waiting for the server", error);
}

static bool send_query(struct server *s, const char *sql, GError **error)
{
	return PQsendQuery(s->connection, sql) == 1
		       ? flush(s, error)
		       : gone(s, "sending to the server", error);
}

bool server_do(struct server *s, const char *sql, GError **error)
{
	return send_query(s, sql, error) && take_results(s, NULL, error);
}

PGresult *server_query(struct server *s, const char *sql, GError **error)
{
	PGresult *result = NULL;

	if (send_query(s, sql, error) && take_results(s, &result, error))
		return result;
	PQclear(result);
	return NULL;
}

static bool put_bytes(struct server *s, const char *bytes, size_t size, GError **error)
{
	for (size_t at = 0; at < size; at += PIECE) {
		int n = (int)MIN(size - at, PIECE);
		int put;
		while ((put = PQputCopyData(s->connection, bytes + at, n)) == 0)
			if (!turn(s, POLLIN | POLLOUT, error))
				return false;
		if (put < 0)
			return gone(s, "sending to the server", error);
		if (!flush(s, error))
			return false;
	}
	int ended;
	while ((ended = PQputCopyEnd(s->connection, NULL)) == 0)
		if (!turn(s, POLLIN | POLLOUT, error))
			return false;
	return ended > 0 ? flush(s, error) : gone(s, "sending to the server", error);
}

bool server_copy(struct server *s, const char *sql, const char *bytes, size_t size,
		 GError **error)
{
	PGresult *result;

	if (!send_query(s, sql, error) || !next_result(s, &result, error))
		return false;
	bool begun = result != NULL && PQresultStatus(result) == PGRES_COPY_IN;
	if (!begun && result != NULL)
		refused(s, result, error);
	PQclear(result);
	if (!begun)
		return take_results(s, NULL, NULL) && false;
	return put_bytes(s, bytes, size, error) && take_results(s, NULL, error);
}

char *server_quote(struct server *s, const char *text)
{
	char *quoted = PQescapeLiteral(s->connection, text, strlen(text));
	char *copy = g_strdup(quoted != NULL ? quoted : "''");

	PQfreemem(quoted);
	return copy;
}

void server_roll_back(struct server *s)
{
	if (PQstatus(s->connection) == CONNECTION_OK &&
	    PQtransactionStatus(s->connection) != PQTRANS_IDLE)
		server_do(s, "ROLLBACK", NULL);
}

/* ---- opening ---------------------------------------------------------------------------- */

/* libpq's own words would show pieces of what stands there, a password among them. */
static PQconninfoOption *parse(const char *conninfo, GError **error)
{
	PQconninfoOption *list = PQconninfoParse(conninfo, NULL);

	if (list == NULL)
		g_set_error(error, SERVER_ERROR, SERVER_ERROR_OTHER,
			    "reading [sync] server=: it is no connection string; write "
			    "host=... dbname=... user=..., service=NAME or "
			    "postgresql://USER@HOST/DATABASE");
	return list;
}

static const char *value_of(const PQconninfoOption *list, const char *keyword)
{
	for (const PQconninfoOption *o = list; o->keyword != NULL; o++)
		if (strcmp(o->keyword, keyword) == 0)
			return o->val;
	return NULL;
}

bool server_has_password(const char *conninfo)
{
	PQconninfoOption *list = PQconninfoParse(conninfo, NULL);
	const char *password = list != NULL ? value_of(list, "password") : NULL;
	bool has = password != NULL && *password != '\0';

	PQconninfoFree(list);
	return has;
}

static PGconn *connect_with(const PQconninfoOption *list)
{
	static const char *const ours[][2] = {
		{"client_encoding", "UTF8"}, {"fallback_application_name", "tillask"},
		{"keepalives_idle", "30"},   {"keepalives_interval", "10"},
		{"keepalives_count", "3"},   {"tcp_user_timeout", SILENCE_MS},
	};
	const char *keyword[KEYWORDS_MAX + G_N_ELEMENTS(ours) + 1] = {NULL};
	const char *value[KEYWORDS_MAX + G_N_ELEMENTS(ours) + 1] = {NULL};
	size_t n = 0;

	for (const PQconninfoOption *o = list; o->keyword != NULL; o++)
		if (o->val != NULL && n < KEYWORDS_MAX) {
			keyword[n] = o->keyword;
			value[n++] = o->val;
		}
	for (size_t i = 0; i < G_N_ELEMENTS(ours); i++)
		if (value_of(list, ours[i][0]) == NULL) {
			keyword[n] = ours[i][0];
			value[n++] = ours[i][1];
		}
	g_setenv("PGCONNECT_TIMEOUT", CONNECT_S, FALSE); /* weaker than a service file */
	return PQconnectdbParams(keyword, value, 0);
}

/* What the server warns of is for its own log. */
static void ignore_notice(void *self, const PGresult *result)
{
	(void)self;
	(void)result;
}

/* What was in force in the end, from whichever place it came. */
static void learn(struct server *s)
{
	PQconninfoOption *list = PQconninfo(s->connection);
	const char *silence = list != NULL ? value_of(list, "tcp_user_timeout") : NULL;
	const char *password = PQpass(s->connection);

	s->password = g_strdup(password != NULL ? password : "");
	s->silence_ms = atoi(silence != NULL ? silence : SILENCE_MS);
	if (s->silence_ms <= 0)
		s->silence_ms = atoi(SILENCE_MS);
	PQconninfoFree(list);
}

struct server *server_open(const char *conninfo, GError **error)
{
	PQconninfoOption *list = parse(conninfo, error);
	struct server *s;

	if (list == NULL)
		return NULL;
	s = g_new0(struct server, 1);
	s->connection = connect_with(list);
	PQconninfoFree(list);
	learn(s);
	if (PQstatus(s->connection) != CONNECTION_OK) {
		gone(s, "connecting to the server", error);
		server_close(s);
		return NULL;
	}
	PQsetnonblocking(s->connection, 1);
	PQsetNoticeReceiver(s->connection, ignore_notice, NULL);
	return s;
}

void server_close(struct server *s)
{
	PQfinish(s->connection);
	g_free(s->password);
	g_free(s);
}
