/* The scanner under config.ini and messages.ini: what it understands, and every fault's line. */
#include <string.h>

#include "ini.h"

struct scan {
	struct ini *ini;
	char *faults;
};

static struct scan scan(const char *text, gsize length)
{
	struct faults *faults = faults_new("f.ini");
	struct scan s = {.ini = ini_scan("f.ini", text, length, faults)};

	s.faults = faults_text(faults);
	faults_free(faults);
	return s;
}

static void done(struct scan *s)
{
	ini_free(s->ini);
	g_free(s->faults);
}

/* Group G as one line: "title|key=value|key[xx]=value". */
static char *group_text(const struct scan *s, guint g)
{
	const struct ini_group *group = g_ptr_array_index(s->ini->groups, g);
	GString *text = g_string_new(group->title);

	for (guint i = 0; i < group->entries->len; i++) {
		const struct ini_entry *e = &g_array_index(group->entries,
							   struct ini_entry, i);

		g_string_append_printf(text, "|%s%s%s%s=%s", e->key,
				       e->language != NULL ? "[" : "",
				       e->language != NULL ? e->language : "",
				       e->language != NULL ? "]" : "", e->value);
	}
	return g_string_free(text, FALSE);
}

static void assert_groups(const char *text, const char *expected)
{
	struct scan s = scan(text, strlen(text));
	g_autoptr(GString) found = g_string_new(NULL);

	g_assert_cmpstr(s.faults, ==, "");
	for (guint i = 0; i < s.ini->groups->len; i++) {
		g_autofree char *group = group_text(&s, i);

		g_string_append_printf(found, "%s\n", group);
	}
	g_assert_cmpstr(found->str, ==, expected);
	done(&s);
}

static void understood(void)
{
	assert_groups("", "");
	assert_groups("[a]\nk=v\n", "a|k=v\n");
	assert_groups("[a]\nk=v", "a|k=v\n"); /* no line end at the end */
	assert_groups("\xef\xbb\xbf[a]\r\nk=v\r\n", "a|k=v\n");
	assert_groups("  [a]  \n\t k  =  v w \t\n", "a|k=v w\n");
	assert_groups("[ question   overall ]\n", "question overall\n");
	assert_groups("# [no]\n  # k=v\n[a]\nk=v # stays\n", "a|k=v # stays\n");
	assert_groups("[a]\nk=\n", "a|k=\n");
	assert_groups("[a]\nk=a=b\n", "a|k=a=b\n");
	assert_groups("[a]\nk[ru]=р\nk[en]=e\nk=x\n", "a|k[ru]=р|k[en]=e|k=x\n");
	assert_groups("[a]\nk [ ru ] = р\n", "a|k[ru]=р\n");
	assert_groups("[a]\nk=1\n[a b]\nk=2\n", "a|k=1\na b|k=2\n");
}

static void assert_faults(const char *text, gsize length, const char *expected)
{
	struct scan s = scan(text, length);

	g_assert_cmpstr(s.faults, ==, expected);
	done(&s);
}

#define FAULTS(text, expected) assert_faults(text, sizeof(text) - 1, expected)

static void faults(void)
{
	FAULTS("[a]\nk=1\nk=2\nk=3\n",
	       "f.ini:3: [a] k: stands in line 2 already; allowed: once\n"
	       "f.ini:4: [a] k: stands in line 2 already; allowed: once\n");
	FAULTS("[a]\nk[ru]=1\nk [ru] =2\n",
	       "f.ini:3: [a] k [ru]: stands in line 2 already; allowed: once\n");
	FAULTS("[a]\n[b]\n[ a ]\n",
	       "f.ini:3: [a]: stands in line 1 already; allowed: once\n");
	FAULTS("k=1\n",
	       "f.ini:1: k: stands before the first [group]; a key belongs to a group\n");
	FAULTS("[a]\nnonsense\n",
	       "f.ini:2: [a]: the line is no [group], no key=value and no # comment\n");
	FAULTS("[a]\n=1\n",
	       "f.ini:2: [a]: '' is no key; a line is key=value or key[ru]=value\n");
	FAULTS("[a]\nk[=1\nk[]=1\nk]=1\n[ru]=1\n",
	       "f.ini:2: [a]: 'k[' is no key; a line is key=value or key[ru]=value\n"
	       "f.ini:3: [a]: 'k[]' is no key; a line is key=value or key[ru]=value\n"
	       "f.ini:4: [a]: 'k]' is no key; a line is key=value or key[ru]=value\n"
	       "f.ini:5: a group is written [NAME], and nothing else stands in its line\n");
	/* after a header that is not understood its keys are not blamed */
	FAULTS("[a\nk=1\n[]\nk=1\n",
	       "f.ini:1: a group is written [NAME], and nothing else stands in its line\n"
	       "f.ini:3: a group is written [NAME], and nothing else stands in its line\n");
	FAULTS("[a]\nk=1\0002\n",
	       "f.ini:2: a NUL byte stands in the line; the file must be UTF-8 text\n");
	FAULTS("[a]\nk=\033[2J\n",
	       "f.ini:2: a control character (U+001B) stands in the line; delete it\n");
	FAULTS("[a]\nk=\u202eabc\n",
	       "f.ini:2: a control character (U+202E) stands in the line; delete it\n");
	FAULTS("\xff\xfe[\0a\0", "f.ini:1: the file is UTF-16; save it as UTF-8\n");
}

#define ENCODING(name)                                        \
	"f.ini:2: the line is not UTF-8, it looks like " name \
	"; save the file as UTF-8 (iconv -f " name " -t UTF-8)\n"

static void encodings(void)
{
	FAULTS("[a]\nk=\xd1\xef\xe0\xf1\xe8\xe1\xee\n", ENCODING("CP1251"));
	FAULTS("[a]\nk=\xf3\xd0\xc1\xd3\xc9\xc2\xcf\n", ENCODING("KOI8-R"));
	FAULTS("[a]\nk=\x91\xaf\xa0\xe1\xa8\xa1\xae\n", ENCODING("CP866"));
	FAULTS("[a]\n# \xd1\xef\xe0\xf1\xe8\xe1\xee\n", ENCODING("CP1251"));
}

static void doubled_group_is_kept(void)
{
	struct scan s = scan("[a]\nk=1\n[a]\nm=2\n", 16);
	const struct ini_group *second = g_ptr_array_index(s.ini->groups, 1);

	g_assert_true(second->again);
	g_assert_cmpuint(second->entries->len, ==, 1);
	done(&s);
}

static void sorted(void)
{
	struct faults *faults = faults_new("f.ini");
	g_autofree char *text = NULL;

	faults_add(faults, 9, "g", "k", "nine %d", 9);
	faults_add(faults, 2, "g", NULL, "two");
	faults_add(faults, 9, NULL, NULL, "nine again");
	faults_add(faults, 0, NULL, NULL, "whole");
	text = faults_text(faults);
	g_assert_cmpuint(faults_count(faults), ==, 4);
	g_assert_cmpstr(
		text, ==,
		"f.ini: whole\nf.ini:2: [g]: two\nf.ini:9: [g] k: nine 9\nf.ini:9: nine again\n");
	faults_free(faults);
}

static void lists(void)
{
	static const struct {
		const char *value, *joined;
	} rows[] = {
		{"", ""},
		{"a", "a|"},
		{"a;b", "a|b|"},
		{" a ; b ", "a|b|"},
		{"a;;b", "a||b|"},
		{"a;", "a|"},
		{";", "|"},
		{"a\\;b;c", "a;b|c|"},
		{"a\\b;c\\", "a\\b|c\\|"},
		{"цена;да", "цена|да|"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_auto(GStrv) items = ini_list(rows[i].value);
		g_autoptr(GString) joined = g_string_new(NULL);

		for (int k = 0; items[k] != NULL; k++)
			g_string_append_printf(joined, "%s|", items[k]);
		g_assert_cmpstr(joined->str, ==, rows[i].joined);
	}
}

static void likely(void)
{
	static const char *const words[] = {"pin", "answer_seconds", "at", "low", NULL};

	g_assert_cmpstr(ini_likely("pni", words), ==, "pin");
	g_assert_cmpstr(ini_likely("answerseconds", words), ==, "answer_seconds");
	g_assert_cmpstr(ini_likely("Answer_Second", words), ==, "answer_seconds");
	g_assert_null(ini_likely("zebra", words));
	g_assert_null(ini_likely("xy", words));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/ini/understood", understood);
	g_test_add_func("/ini/faults", faults);
	g_test_add_func("/ini/encodings", encodings);
	g_test_add_func("/ini/doubled-group-is-kept", doubled_group_is_kept);
	g_test_add_func("/ini/sorted", sorted);
	g_test_add_func("/ini/lists", lists);
	g_test_add_func("/ini/likely", likely);
	return g_test_run();
}
