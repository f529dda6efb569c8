#include "sync/ask.h"

bool ask_refuse(GError **error, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	g_propagate_error(error, g_error_new_valist(SERVER_ERROR, SERVER_ERROR_OTHER,
						    format, args));
	va_end(args);
	return false;
}

PGresult *ask_rows(struct server *s, GError **error, const char *format,
		   const char *first, const char *second)
{
	g_autofree char *a = first != NULL ? server_literal(s, first) : NULL;
	g_autofree char *b = second != NULL ? server_literal(s, second) : NULL;
	g_auto(GStrv) piece = g_strsplit(format, "%s", 3);
	g_autofree char *sql = g_strconcat(piece[0], a != NULL ? a : "",
					   a != NULL ? piece[1] : "", b != NULL ? b : "",
					   b != NULL ? piece[2] : "", NULL);

	return server_query(s, sql, error);
}

bool ask_step(struct server *s, GError **error, const char *format, const char *first,
	      const char *second)
{
	PGresult *result = ask_rows(s, error, format, first, second);

	PQclear(result);
	return result != NULL;
}

char *ask_text(struct server *s, GError **error, const char *format, const char *first,
	       const char *second)
{
	PGresult *result = ask_rows(s, error, format, first, second);
	char *text = NULL;

	if (result != NULL && PQntuples(result) == 1)
		text = g_strdup(PQgetvalue(result, 0, 0));
	else if (result != NULL)
		ask_refuse(error, "the server gave no answer to: %s", format);
	PQclear(result);
	return text;
}
