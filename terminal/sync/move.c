#include "sync/move.h"

#include <stdio.h>
#include <string.h>

#include "sync/ask.h"
#include "sync/chain.h"

struct move {
	const char *store, *name;
	struct server *centre, *source, *target;
	int64_t rows;
};

static bool copy_tables(struct move *m, GError **error)
{
	g_autofree char *store = server_literal(m->source, m->store);
	PGresult *tables = server_query(
		m->source, "SELECT name, columns FROM tillask.store_tables()", error);
	bool fine = tables != NULL;

	for (int i = 0; fine && i < PQntuples(tables); i++) {
		const char *table = PQgetvalue(tables, i, 0);
		const char *columns = PQgetvalue(tables, i, 1);
		g_autofree char *out = g_strdup_printf("COPY (SELECT %s FROM tillask.%s "
						       "WHERE store = %s) TO STDOUT",
						       columns, table, store);
		g_autofree char *in = g_strdup_printf("COPY tillask.%s (%s) FROM STDIN",
						      table, columns);
		int64_t rows = 0;
		fine = server_pour(m->source, out, m->target, in, &rows, error);
		m->rows += rows;
	}
	PQclear(tables);
	return fine;
}

static bool compare(struct move *m, GError **error)
{
	static const char sum[] = "SELECT tillask.sum_of(%s)";
	g_autofree char *here = ask_text(m->source, error, sum, m->store, NULL);
	g_autofree char *there = here != NULL
					 ? ask_text(m->target, error, sum, m->store, NULL)
					 : NULL;

	if (there == NULL)
		return false;
	return strcmp(here, there) == 0 ||
	       ask_refuse(error, "the copy differs from the rows; there: %s here: %s",
			  there, here);
}

/* All of the store, or nothing: one transaction on the new server. */
static bool copy_store(struct move *m, GError **error)
{
	m->rows = 0;
	if (server_do(m->target, "BEGIN", error) &&
	    ask_step(m->target, error, "SELECT tillask.arrive(%s)", m->store, NULL) &&
	    copy_tables(m, error) && compare(m, error) &&
	    server_do(m->target, "COMMIT", error))
		return true;
	server_roll_back(m->target);
	return false;
}

static bool copy_enrolments(struct move *m, GError **error)
{
	PGresult *rows =
		ask_rows(m->source, error,
			 "SELECT format('SELECT tillask.enrol_moved(%L, %L, %L, %L)',"
			 " role, store, till, secret) FROM tillask.enrolled(%s)",
			 m->store, NULL);
	bool fine = rows != NULL;

	for (int i = 0; fine && i < PQntuples(rows); i++)
		fine = server_do(m->target, PQgetvalue(rows, i, 0), error);
	PQclear(rows);
	return fine;
}

/* A query that reads the old directory ends first; none waits behind for more than a moment. */
static bool switch_home(struct move *m, GError **error)
{
	return server_do(m->centre, "BEGIN; SET LOCAL lock_timeout TO '5s'", error) &&
	       ask_step(m->centre, error, "SELECT tillask.switch_home(%s)", m->store,
			NULL) &&
	       server_do(m->centre, "COMMIT", error);
}

static bool bring(struct move *m, GError **error)
{
	if (!ask_step(m->source, error, "SELECT tillask.leave(%s)", m->store, NULL) ||
	    !copy_store(m, error) || !copy_enrolments(m, error))
		return false;
	printf("store %s: %" G_GINT64_FORMAT " rows copied to %s and compared\n",
	       m->store, m->rows, m->name);
	if (switch_home(m, error))
		return true;
	server_roll_back(m->centre);
	return false;
}

static bool clean_up(struct move *m, GError **error)
{
	return ask_step(m->target, error, "SELECT tillask.settle(%s)", m->store, NULL) &&
	       ask_step(m->source, error, "SELECT tillask.leave_for_good(%s)", m->store,
			NULL) &&
	       ask_step(m->centre, error, "SELECT tillask.end_move(%s)", m->store, NULL);
}

/* Nothing there is anybody's: it was never switched to.  Perhaps that server is gone for good. */
static void sweep(struct move *m, const char *centre_conninfo, const char *given_up)
{
	g_autoptr(GError) why = NULL;

	m->source = chain_open_member(m->centre, centre_conninfo, given_up, &why);
	if (m->source == NULL ||
	    !ask_step(m->source, &why, "SELECT tillask.leave_for_good(%s)", m->store,
		      NULL))
		printf("what was copied to %s is not removed there, until the store moves "
		       "there again; nobody reads it: %s\n",
		       given_up, why->message);
	if (m->source != NULL)
		server_close(m->source);
}

/* It goes on where it is. */
static bool stay(struct move *m, const char *centre_conninfo, const char *given_up,
		 GError **error)
{
	m->target = chain_open_member(m->centre, centre_conninfo, m->name, error);
	if (m->target == NULL)
		return false;
	bool done =
		ask_step(m->target, error, "SELECT tillask.settle(%s)", m->store, NULL) &&
		ask_step(m->centre, error, "SELECT tillask.end_move(%s)", m->store, NULL);
	server_close(m->target);
	if (done)
		sweep(m, centre_conninfo, given_up);
	return done;
}

static bool move_from(struct move *m, const char *centre_conninfo, const char *source,
		      bool switched, GError **error)
{
	m->source = chain_open_member(m->centre, centre_conninfo, source, error);
	if (m->source == NULL)
		return false;
	m->target = chain_open_member(m->centre, centre_conninfo, m->name, error);
	bool done = m->target != NULL && (switched || bring(m, error)) &&
		    clean_up(m, error);
	server_close(m->source);
	if (m->target != NULL)
		server_close(m->target);
	return done;
}

static bool move(struct move *m, const char *centre_conninfo, GError **error)
{
	g_autofree char *alone =
		ask_text(m->centre, error,
			 "SELECT pg_try_advisory_lock(8388347, tillask.store_lock(%s))",
			 m->store, NULL);

	if (alone == NULL)
		return false;
	if (*alone != 't')
		return ask_refuse(error, "another process is moving it");
	PGresult *row = ask_rows(m->centre, error,
				 "SELECT * FROM tillask.begin_move(%s, %s)", m->store,
				 m->name);
	if (row == NULL)
		return false;
	g_autofree char *source = g_strdup(PQgetvalue(row, 0, 0));
	g_autofree char *state = g_strdup(PQgetvalue(row, 0, 1));
	PQclear(row);
	if (strcmp(state, "staying") == 0)
		return stay(m, centre_conninfo, source, error);
	return strcmp(state, "done") == 0 ||
	       move_from(m, centre_conninfo, source, strcmp(state, "switched") == 0,
			 error);
}

bool move_store(const char *centre_conninfo, const char *store, const char *name,
		GError **error)
{
	struct move m = {.store = store, .name = name};

	m.centre = chain_open_centre(centre_conninfo, error);
	if (m.centre == NULL)
		return false;
	bool done = move(&m, centre_conninfo, error);
	server_close(m.centre);
	if (done)
		printf("store %s is held by server %s\n", store, name);
	else
		g_prefix_error(error, "moving store %s to %s: ", store, name);
	return done;
}
