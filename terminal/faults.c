#include "faults.h"

struct fault {
	int line;
	char *text;
};

struct source {
	int first_line;
	char *name;
};

struct faults {
	char *file;
	GArray *list;    /* of struct fault */
	GArray *sources; /* of struct source */
};

static void fault_clear(void *fault)
{
	g_free(((struct fault *)fault)->text);
}

static void source_clear(void *source)
{
	g_free(((struct source *)source)->name);
}

struct faults *faults_new(const char *file)
{
	struct faults *f = g_new(struct faults, 1);

	f->file = g_strdup(file);
	f->list = g_array_new(FALSE, FALSE, sizeof(struct fault));
	g_array_set_clear_func(f->list, fault_clear);
	f->sources = g_array_new(FALSE, FALSE, sizeof(struct source));
	g_array_set_clear_func(f->sources, source_clear);
	return f;
}

void faults_free(struct faults *f)
{
	if (f == NULL)
		return;
	g_array_unref(f->list);
	g_array_unref(f->sources);
	g_free(f->file);
	g_free(f);
}

void faults_source(struct faults *f, int first_line, const char *name)
{
	const struct source source = {first_line, g_strdup(name)};

	g_array_append_val(f->sources, source);
}

char *faults_place(const struct faults *f, int line)
{
	const struct source *of = NULL;

	for (guint i = 0; i < f->sources->len; i++) {
		const struct source *s = &g_array_index(f->sources, struct source, i);

		if (s->first_line <= line &&
		    (of == NULL || of->first_line <= s->first_line))
			of = s;
	}
	if (of != NULL)
		return g_strdup_printf("%s:%d", of->name, line - of->first_line + 1);
	return line > 0 ? g_strdup_printf("%s:%d", f->file, line) : g_strdup(f->file);
}

/* Keeps the list sorted: faults of one line stay in the order in which they were found. */
void faults_add(struct faults *f, int line, const char *group, const char *key,
		const char *format, ...)
{
	g_autofree char *what = NULL;
	g_autofree char *place = faults_place(f, line);
	GString *text = g_string_new(place);
	guint at = f->list->len;
	struct fault fault;
	va_list args;

	va_start(args, format);
	what = g_strdup_vprintf(format, args);
	va_end(args);
	g_string_append(text, ": ");
	if (group != NULL)
		g_string_append_printf(text, "[%s]%s", group, key != NULL ? " " : ": ");
	if (key != NULL)
		g_string_append_printf(text, "%s: ", key);
	g_string_append_printf(text, "%s\n", what);

	fault = (struct fault){line, g_string_free(text, FALSE)};
	while (at > 0 && g_array_index(f->list, struct fault, at - 1).line > line)
		at--;
	g_array_insert_val(f->list, at, fault);
}

guint faults_count(const struct faults *f)
{
	return f->list->len;
}

char *faults_text(const struct faults *f)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < f->list->len; i++)
		g_string_append(text, g_array_index(f->list, struct fault, i).text);
	return g_string_free(text, FALSE);
}
