#include "faults.h"

struct fault {
	int line;
	char *text;
};

struct faults {
	char *file;
	GArray *list; /* of struct fault */
};

static void fault_clear(void *fault)
{
	g_free(((struct fault *)fault)->text);
}

struct faults *faults_new(const char *file)
{
	struct faults *f = g_new(struct faults, 1);

	f->file = g_strdup(file);
	f->list = g_array_new(FALSE, FALSE, sizeof(struct fault));
	g_array_set_clear_func(f->list, fault_clear);
	return f;
}

void faults_free(struct faults *f)
{
	if (f == NULL)
		return;
	g_array_unref(f->list);
	g_free(f->file);
	g_free(f);
}

/* Keeps the list sorted: faults of one line stay in the order in which they were found. */
void faults_add(struct faults *f, int line, const char *group, const char *key,
		const char *format, ...)
{
	g_autofree char *what = NULL;
	GString *text = g_string_new(f->file);
	guint at = f->list->len;
	struct fault fault;
	va_list args;

	va_start(args, format);
	what = g_strdup_vprintf(format, args);
	va_end(args);
	if (line > 0)
		g_string_append_printf(text, ":%d", line);
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
