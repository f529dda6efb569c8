/* archive_wordings.c - what the rows of the archive refer to: tills, wordings, answers. */
#include <string.h>

#include "store/archive_parts.h"

static void language_free(gpointer data)
{
	struct archive_language *l = data;
	g_free(l->text);
	g_ptr_array_unref(l->choices);
	g_free(l);
}

void archive_wording_free(gpointer data)
{
	struct archive_wording *w = data;
	if (w == NULL)
		return;
	g_free(w->point);
	g_free(w->kind_name);
	g_ptr_array_unref(w->languages);
	g_free(w);
}

void archive_till_free(gpointer data)
{
	struct archive_till *t = data;
	if (t == NULL)
		return;
	g_free(t->store);
	g_free(t->till);
	g_free(t->currency);
	g_free(t);
}

void archive_keep(GPtrArray *list, int64_t n, gpointer pointer)
{
	g_assert(n >= 0 && n < G_MAXINT); /* numbered from 1 on */
	if (n >= list->len)
		g_ptr_array_set_size(list, (int)n + 1);
	list->pdata[n] = pointer;
}

static char *one_line(const char *text)
{
	return g_strdelimit(g_strdup(text), "\n", ' ');
}

static enum question_kind kind_of(const char *name)
{
	for (int kind = QUESTION_SMILEY; kind < QUESTION_WORDS; kind++)
		if (strcmp(question_kind_name((enum question_kind)kind), name) == 0)
			return (enum question_kind)kind;
	return QUESTION_WORDS;
}

const struct archive_wording *archive_wording(struct archive *a, int64_t n)
{
	g_assert(n >= 0 && n < a->wordings->len && a->wordings->pdata[n] != NULL);
	return a->wordings->pdata[n];
}

const struct archive_language *archive_language(const struct archive_wording *w,
						const char *code)
{
	for (unsigned i = 0; i < w->languages->len; i++) {
		const struct archive_language *l = w->languages->pdata[i];
		if (strcmp(l->code, code) == 0)
			return l;
	}
	return NULL;
}

const char *archive_choice(const struct archive_language *l, int choice)
{
	if (l == NULL || choice < 1 || choice > (int)l->choices->len ||
	    l->choices->pdata[choice - 1] == NULL)
		return "";
	return l->choices->pdata[choice - 1];
}

const char *archive_wording_text(struct archive *a, int64_t wording_n,
				 const char *language)
{
	const struct archive_language *l = archive_language(archive_wording(a, wording_n),
							    language);
	return l != NULL ? l->text : "";
}

const char *archive_choice_text(struct archive *a, int64_t wording_n, int choice,
				const char *language)
{
	const struct archive_language *l = archive_language(archive_wording(a, wording_n),
							    language);
	return archive_choice(l, choice);
}

static struct binding of_wording(struct archive *a, enum query query, int64_t n)
{
	struct binding b = {database_query(&a->database, query), 0};
	bind_int(&b, n);
	return b;
}

static bool read_texts(struct archive *a, int64_t n, struct archive_wording *w,
		       GError **error)
{
	struct binding b = of_wording(a, QUERY_wording_texts, n);
	while (sqlite3_step(b.statement) == SQLITE_ROW) {
		struct archive_language *l = g_new0(struct archive_language, 1);
		g_strlcpy(l->code, archive_text(b.statement, 0), sizeof l->code);
		l->text = one_line(archive_text(b.statement, 1));
		l->choices = g_ptr_array_new_with_free_func(g_free);
		g_ptr_array_add(w->languages, l);
	}
	if (!archive_end(a, b.statement, error))
		return false;
	b = of_wording(a, QUERY_wording_choices, n);
	while (sqlite3_step(b.statement) == SQLITE_ROW) {
		const struct archive_language *l =
			archive_language(w, archive_text(b.statement, 0));
		unsigned choice = (unsigned)sqlite3_column_int(b.statement, 1);
		if (l == NULL || choice < 1 || choice > 1000)
			continue;
		if (l->choices->len < choice)
			g_ptr_array_set_size(l->choices, (int)choice);
		g_free(l->choices->pdata[choice - 1]);
		l->choices->pdata[choice - 1] = one_line(archive_text(b.statement, 2));
	}
	return archive_end(a, b.statement, error);
}

bool archive_read_wordings(struct archive *a, GError **error)
{
	sqlite3_stmt *s = database_query(&a->database, QUERY_wordings);
	while (sqlite3_step(s) == SQLITE_ROW) {
		struct archive_wording *w = g_new0(struct archive_wording, 1);
		w->question = g_intern_string(archive_text(s, 1));
		w->kind_name = g_strdup(archive_text(s, 3));
		w->kind = kind_of(w->kind_name);
		w->point = g_strdup(archive_text(s, 4));
		w->languages = g_ptr_array_new_with_free_func(language_free);
		archive_keep(a->wordings, sqlite3_column_int64(s, 0), w);
	}
	if (!archive_end(a, s, error))
		return false;
	for (unsigned n = 0; n < a->wordings->len; n++)
		if (a->wordings->pdata[n] != NULL &&
		    !read_texts(a, n, a->wordings->pdata[n], error))
			return false;
	return true;
}

static bool read_tills(struct archive *a, GError **error)
{
	sqlite3_stmt *s = database_query(&a->database, QUERY_tills_n);
	while (sqlite3_step(s) == SQLITE_ROW) {
		struct archive_till *t = g_new(struct archive_till, 1);
		t->store = g_strdup(archive_text(s, 0));
		t->till = g_strdup(archive_text(s, 1));
		t->currency = g_strdup(archive_text(s, 2));
		archive_keep(a->tills, sqlite3_column_int64(s, 3), t);
	}
	return archive_end(a, s, error);
}

bool archive_prepare(struct archive *a, GError **error)
{
	if (a->ready)
		return true;
	sqlite3_stmt *s = database_query(&a->database, QUERY_late_any);
	a->has_late = sqlite3_step(s) == SQLITE_ROW;
	a->ready = archive_end(a, s, error) && read_tills(a, error) &&
		   archive_read_wordings(a, error);
	return a->ready;
}
