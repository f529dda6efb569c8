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
	if (strcmp(state, "TK001") == 0)
		return SERVER_ERROR_MOVED;
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

static bool put_piece(struct server *s, const char *bytes, size_t size, GError **error)
{
	int put;

	while ((put = PQputCopyData(s->connection, bytes, (int)size)) == 0)
		if (!turn(s, POLLIN | POLLOUT, error))
			return false;
	if (put < 0)
		return gone(s, "sending to the server", error);
	return flush(s, error);
}

static bool put_end(struct server *s, GError **error)
{
	int ended;

	while ((ended = PQputCopyEnd(s->connection, NULL)) == 0)
		if (!turn(s, POLLIN | POLLOUT, error))
			return false;
	return ended > 0 ? flush(s, error) : gone(s, "sending to the server", error);
}

static bool put_bytes(struct server *s, const char *bytes, size_t size, GError **error)
{
	for (size_t at = 0; at < size; at += PIECE)
		if (!put_piece(s, bytes + at, MIN(size - at, PIECE), error))
			return false;
	return put_end(s, error);
}

/* Sends a COPY and waits until the server is ready for it. */
static bool begin_copy(struct server *s, const char *sql, ExecStatusType wanted,
		       GError **error)
{
	PGresult *result;

	if (!send_query(s, sql, error) || !next_result(s, &result, error))
		return false;
	bool begun = result != NULL && PQresultStatus(result) == wanted;
	if (!begun && result != NULL)
		refused(s, result, error);
	PQclear(result);
	return begun || (take_results(s, NULL, NULL) && false);
}

bool server_copy(struct server *s, const char *sql, const char *bytes, size_t size,
		 GError **error)
{
	return begin_copy(s, sql, PGRES_COPY_IN, error) &&
	       put_bytes(s, bytes, size, error) && take_results(s, NULL, error);
}

/* One row, for PQfreemem(); NULL after the last one. */
static bool get_row(struct server *s, char **row, int *size, GError **error)
{
	*row = NULL;
	while ((*size = PQgetCopyData(s->connection, row, 1)) == 0)
		if (!turn(s, POLLIN, error))
			return false;
	return *size != -2 || gone(s, "reading from the server", error);
}

static bool pour(struct server *from, struct server *to, int64_t *rows, GError **error)
{
	g_autoptr(GString) piece = g_string_new(NULL);
	char *row;
	int size;

	for (*rows = 0;; (*rows)++) {
		if (!get_row(from, &row, &size, error))
			return false;
		if (row == NULL)
			break;
		g_string_append_len(piece, row, size);
		PQfreemem(row);
		if (piece->len < PIECE)
			continue;
		if (!put_piece(to, piece->str, piece->len, error))
			return false;
		g_string_set_size(piece, 0);
	}
	return (piece->len == 0 || put_piece(to, piece->str, piece->len, error)) &&
	       take_results(from, NULL, error);
}

bool server_pour(struct server *from, const char *out, struct server *to, const char *in,
		 int64_t *rows, GError **error)
{
	return begin_copy(from, out, PGRES_COPY_OUT, error) &&
	       begin_copy(to, in, PGRES_COPY_IN, error) && pour(from, to, rows, error) &&
	       put_end(to, error) && take_results(to, NULL, error);
}

char *server_literal(struct server *s, const char *text)
{
	char *escaped = PQescapeLiteral(s->connection, text, strlen(text));
	char *literal = g_strdup(escaped != NULL ? escaped : "NULL");

	PQfreemem(escaped);
	return literal;
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

bool server_is_conninfo(const char *text)
{
	PQconninfoOption *list = PQconninfoParse(text, NULL);

	PQconninfoFree(list);
	return list != NULL;
}

bool server_has_password(const char *conninfo)
{
	PQconninfoOption *list = PQconninfoParse(conninfo, NULL);
	const char *password = list != NULL ? value_of(list, "password") : NULL;
	bool has = password != NULL && *password != '\0';

	PQconninfoFree(list);
	return has;
}

static const char *const places[] = {"host", "hostaddr", "port", "dbname"};

static bool is_place(const char *keyword)
{
	for (size_t i = 0; i < G_N_ELEMENTS(places); i++)
		if (strcmp(places[i], keyword) == 0)
			return true;
	return false;
}

static void put_pair(GString *out, const char *keyword, const char *value)
{
	g_string_append_printf(out, "%s%s='", out->len > 0 ? " " : "", keyword);
	for (; *value != '\0'; value++) {
		if (*value == '\'' || *value == '\\')
			g_string_append_c(out, '\\');
		g_string_append_c(out, *value);
	}
	g_string_append_c(out, '\'');
}

char *server_address(const char *conninfo)
{
	PQconninfoOption *list = PQconninfoParse(conninfo, NULL);
	GString *out = g_string_new(NULL);

	for (const PQconninfoOption *o = list; o != NULL && o->keyword != NULL; o++)
		if (o->val != NULL && is_place(o->keyword))
			put_pair(out, o->keyword, o->val);
	PQconninfoFree(list);
	return g_string_free(out, FALSE);
}

char *server_conninfo_at(const char *conninfo, const char *address, GError **error)
{
	PQconninfoOption *list = parse(conninfo, error);

	if (list == NULL)
		return NULL;
	g_autofree char *where = server_address(address);
	GString *out = g_string_new(where);
	for (const PQconninfoOption *o = list; o->keyword != NULL; o++)
		if (o->val != NULL && !is_place(o->keyword))
			put_pair(out, o->keyword, o->val);
	PQconninfoFree(list);
	return g_string_free(out, FALSE);
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

/* libpq names the file or the service that it misses, not what to do. */
static void add_service(const char *conninfo, GError **error)
{
	if (error == NULL || strstr(conninfo, "service") == NULL ||
	    strstr((*error)->message, "service") == NULL)
		return;
	g_autofree char *said = g_steal_pointer(&(*error)->message);
	(*error)->message = g_strconcat(
		said,
		"; write the service into ~/.pg_service.conf or the file that PGSERVICEFILE "
		"names, or give host=... in its place",
		NULL);
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
		add_service(conninfo, error);
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
