#include "sync/publication.h"

#include <string.h>
#include <sys/wait.h>

#include "command.h"
#include "store/inbox.h"
#include "sync/schema.h"

/* Names of stores and tills are [A-Za-z0-9._-] (config_types.c, read_name). */
static const char newest[] =
	"SELECT DISTINCT ON (scope) scope, whose, version%s FROM tillask.published"
	" WHERE scope = 'all' OR scope = 'store' AND whose = '%s'"
	" OR scope = 'till' AND whose = '%s/%s' OR scope = 'region' AND whose ="
	" (SELECT region FROM tillask.region WHERE store = '%s')"
	" ORDER BY scope, version DESC";

static PGresult *ask(struct server *s, const struct config *c, const char *more,
		     GError **error)
{
	g_autofree char *sql = g_strdup_printf(newest, more, c->store, c->store, c->till,
					       c->store);

	return server_query(s, sql, error);
}

/* N publications of a result; TEXT: its fourth column too. */
static int read_rows(const PGresult *rows, struct published p[PUBLISHED_SCOPES])
{
	int n = 0;

	for (int i = 0; i < PQntuples(rows) && n < PUBLISHED_SCOPES; i++) {
		struct published *one = &p[n];

		if (!published_scope_from_name(PQgetvalue(rows, i, 0), &one->scope))
			continue;
		one->whose = PQgetvalue(rows, i, 1);
		one->version = g_ascii_strtoll(PQgetvalue(rows, i, 2), NULL, 10);
		one->text = PQnfields(rows) > 3 ? PQgetvalue(rows, i, 3) : "";
		n++;
	}
	return n;
}

static bool holds(const struct inbox_set *set, const struct published *p)
{
	for (int i = 0; i < set->n; i++)
		if (set->p[i].scope == p->scope && set->p[i].version == p->version &&
		    strcmp(set->p[i].whose, p->whose) == 0)
			return true;
	return false;
}

static bool is_same(const struct inbox_set *set, const PGresult *rows)
{
	struct published p[PUBLISHED_SCOPES];
	int n = read_rows(rows, p);

	for (int i = 0; i < n; i++)
		if (!holds(set, &p[i]))
			return false;
	return n == set->n;
}

/* The lines FAIL of what check said, one after another. */
static void take_fails(const char *said, char *out, gsize size)
{
	g_auto(GStrv) lines = g_strsplit(said, "\n", -1);

	*out = '\0';
	for (int i = 0; lines[i] != NULL; i++) {
		if (!g_str_has_prefix(lines[i], "FAIL  "))
			continue;
		if (*out != '\0')
			g_strlcat(out, "; ", size);
		g_strlcat(out, lines[i] + strlen("FAIL  "), size);
	}
	char *cut = g_utf8_make_valid(out, -1); /* where the size cut it */
	g_strlcpy(out, cut, size);
	g_free(cut);
}

/* By the program that will use it: it knows the screens.  It sees config.ini as this one does. */
static bool check(const struct config *config, struct publication_result *result,
		  GError **error)
{
	g_autofree char *program = command_helper_path("tillask");
	const char *argv[] = {program, "--config",  config->file,
			      "check", "--fetched", NULL};
	g_autofree char *said = NULL;
	int status;

	result->refused[0] = '\0';
	if (!g_spawn_sync(NULL, (char **)argv, NULL,
			  G_SPAWN_STDERR_TO_DEV_NULL | G_SPAWN_LEAVE_DESCRIPTORS_OPEN,
			  NULL, NULL, &said, NULL, &status, error)) {
		g_prefix_error(error, "checking what head office published: ");
		return false;
	}
	result->taken = WIFEXITED(status) && WEXITSTATUS(status) == 0;
	if (result->taken)
		return true;
	take_fails(said, result->refused, sizeof(result->refused));
	if (*result->refused != '\0')
		return true;
	g_set_error(
		error, G_SPAWN_ERROR, G_SPAWN_ERROR_FAILED,
		"checking what head office published: `tillask check --fetched` ended "
		"with %d",
		status);
	return false;
}

static bool judge(struct inbox *inbox, const struct config *config,
		  struct publication_result *result, GError **error)
{
	if (!check(config, result, error))
		return false;
	return result->taken ? inbox_take(inbox, error)
			     : inbox_refuse(inbox, result->refused, error);
}

static bool download(struct server *s, struct inbox *inbox, const struct config *config,
		     GError **error)
{
	struct published p[PUBLISHED_SCOPES];
	PGresult *rows = ask(s, config, ", body", error);

	if (rows == NULL)
		return false;
	bool kept = inbox_fetched(inbox, p, read_rows(rows, p), error);
	PQclear(rows);
	return kept;
}

/* What is on the server is in force already: what was refused before counts no more. */
static bool forget(struct inbox *inbox, const struct inbox_set *fetched, GError **error)
{
	return fetched->n == 0 || inbox_fetched(inbox, NULL, 0, error);
}

static bool compare(struct server *s, struct inbox *inbox, const struct config *config,
		    const PGresult *rows, struct publication_result *result,
		    GError **error)
{
	struct inbox_set good, fetched;

	if (!inbox_read(inbox, INBOX_GOOD, &good, error))
		return false;
	bool done = inbox_read(inbox, INBOX_FETCHED, &fetched, error);
	if (done && is_same(&good, rows))
		done = forget(inbox, &fetched, error);
	else if (done)
		done = (is_same(&fetched, rows) || download(s, inbox, config, error)) &&
		       judge(inbox, config, result, error);
	inbox_set_clear(&good);
	inbox_set_clear(&fetched);
	return done;
}

bool publication_fetch(struct server *s, const struct config *config,
		       struct publication_result *result, GError **error)
{
	struct inbox *inbox = inbox_open(config->database, error);

	*result = (struct publication_result){0};
	if (inbox == NULL)
		return false;
	PGresult *rows = ask(s, config, "", error);
	bool done = rows != NULL && compare(s, inbox, config, rows, result, error);
	PQclear(rows);
	inbox_close(inbox);
	return done;
}

/* ---- publishing ------------------------------------------------------------------------- */

static bool refuse(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);
static bool refuse(GError **error, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	*error = g_error_new_valist(G_FILE_ERROR, G_FILE_ERROR_INVAL, format, args);
	va_end(args);
	return false;
}

static bool parse_whom(const char *whom, struct published *p, GError **error)
{
	g_auto(GStrv) part = g_strsplit(whom, ":", 2);
	bool known = part[0] != NULL && published_scope_from_name(part[0], &p->scope);
	const char *whose = known && part[1] != NULL ? part[1] : "";

	if (known && (p->scope == PUBLISHED_ALL) == (*whose == '\0') &&
	    (p->scope != PUBLISHED_TILL || strchr(whose, '/') != NULL)) {
		p->whose = g_intern_string(whose);
		return true;
	}
	return refuse(error,
		      "--scope %s is for nobody; allowed: all, region:NAME, store:NAME, "
		      "till:STORE/TILL",
		      whom);
}

/* Without a till's config.ini only what may not be published, and lines that are none. */
static bool is_sound(const struct published *p, const char *file, GError **error)
{
	struct faults *faults = faults_new(file);
	struct ini *empty = ini_scan(file, "", 0, faults);

	published_lay(empty, p, 1, faults);
	g_autofree char *text = faults_text(faults);
	bool sound = faults_count(faults) == 0;
	ini_free(empty);
	faults_free(faults);
	return sound || refuse(error, "it was not published:\n%s", g_strchomp(text));
}

/* The row of P; *VERSION: its number. */
static bool insert(struct server *s, const struct published *p, int64_t *version,
		   GError **error)
{
	g_autofree char *whose = server_literal(s, p->whose);
	g_autofree char *body = server_literal(s, p->text);
	g_autofree char *sql = g_strdup_printf(
		"INSERT INTO tillask.published (scope, whose, body) VALUES ('%s', %s, %s)"
		" RETURNING version",
		published_scope_name(p->scope), whose, body);
	PGresult *row = server_query(s, sql, error);

	if (row == NULL)
		return false;
	*version = g_ascii_strtoll(PQgetvalue(row, 0, 0), NULL, 10);
	PQclear(row);
	return true;
}

bool publication_publish(const char *centre, const char *whom, const char *file,
			 int64_t *version, GError **error)
{
	struct published p = {0};
	struct schema_state state;
	g_autofree char *text = NULL;

	if (!parse_whom(whom, &p, error) ||
	    !g_file_get_contents(file, &text, NULL, error))
		return false;
	p.text = text;
	p.name = file;
	if (!is_sound(&p, file, error))
		return false;
	struct server *s = server_open(centre, error);
	if (s == NULL)
		return false;
	bool done = schema_ready(s, &state, error) && insert(s, &p, version, error);
	server_close(s);
	return done;
}
