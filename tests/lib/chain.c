/* chain.c - see chain.h */
#include "tests/lib/chain.h"

#include <string.h>

const char *const chain_name[CHAIN_SERVERS] = {"centre", "s1", "s2"};

static void run(const char *const *argv)
{
	g_autoptr(GError) error = NULL;
	int status;

	g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
		     NULL, &status, &error);
	g_assert_no_error(error);
	g_assert_cmpint(status, ==, 0);
}

/* A till of another store with the first one's questions, and a database of its own generation. */
static void copy_till(struct chain *c, int i)
{
	const struct branch *first = &c->till[0];
	struct branch *b = &c->till[i];
	g_autofree char *name = g_path_get_basename(first->path);
	g_autofree char *text = NULL;
	g_autofree char *from = g_strconcat(first->folder, "/.", NULL);

	*b = *first;
	b->folder = g_dir_make_tmp("chain-XXXXXX", NULL);
	const char *copy[] = {"cp", "-a", from, b->folder, NULL};
	run(copy);
	b->config = g_build_filename(b->folder, "config.ini", NULL);
	b->path = g_strconcat(b->folder, first->path + strlen(first->folder), NULL);
	b->database = g_strdup(first->database);
	b->conninfo = g_strdup(first->conninfo);
	b->program = g_strdup(first->program);
	g_assert_true(g_file_get_contents(b->config, &text, NULL, NULL));
	g_autoptr(GString) config = g_string_new(text);
	g_autofree char *store = g_strdup_printf("store=%d", 99 + i);
	g_assert_cmpint(g_string_replace(config, "store=017", store, 1), ==, 1);
	g_string_replace(config, first->folder, b->folder, 0);
	g_assert_true(g_file_set_contents(b->config, config->str, -1, NULL));
	g_autofree char *sql = g_strdup_printf(
		"UPDATE till SET store = '%d'; UPDATE meta SET generation = randomblob(16)",
		99 + i);
	branch_run(b, sql);
}

void chain_init(struct chain *c, const struct postgres *server, const char *database,
		int tills)
{
	g_autofree char *create = g_strdup_printf("CREATE DATABASE %s", database);

	g_assert_cmpint(tills, <=, CHAIN_TILLS);
	c->server = server;
	c->database = g_strdup(database);
	c->tills = tills;
	for (int i = 0; i < CHAIN_SERVERS; i++) {
		c->conninfo[i] = postgres_conninfo(&server[i], database, "postgres", 0);
		if (i > 0)
			g_free(postgres_sql(&server[i], create));
	}
	branch_init(&c->till[0], &server[0], database);
	for (int i = 1; i < tills; i++)
		copy_till(c, i);
	branch_expect_command(&c->till[0], "central migrate", 0, "installed");
}

void chain_add(const struct chain *c, int i, int port)
{
	g_autofree char *conninfo = postgres_conninfo(&c->server[i], c->database,
						      "postgres", port);
	const char *argv[] = {
		c->till[0].program, "central",   "add-server",   chain_name[i],
		conninfo,           "--address", c->conninfo[i], "--server",
		c->conninfo[0],     NULL};

	run(argv);
}

void chain_clear(struct chain *c)
{
	for (int i = 0; i < c->tills; i++)
		branch_clear(&c->till[i]);
	for (int i = 0; i < CHAIN_SERVERS; i++)
		g_free(c->conninfo[i]);
	g_free(c->database);
}

char *chain_sql(const struct chain *c, int i, const char *sql)
{
	g_autofree char *errors = NULL;
	char *result = postgres_try(c->conninfo[i], sql, &errors);

	if (result == NULL)
		g_error("%s: %s: %s", chain_name[i], sql, errors);
	return result;
}

void chain_expect(const struct chain *c, int i, const char *sql, const char *expected)
{
	g_autofree char *result = chain_sql(c, i, sql);

	g_assert_cmpstr(result, ==, expected);
}

/* ---- comparing -------------------------------------------------------------------------- */

static char *store_of(const struct branch *b)
{
	g_autofree char *text = NULL;
	const char *at;

	g_assert_true(g_file_get_contents(b->config, &text, NULL, NULL));
	at = strstr(text, "store=") + strlen("store=");
	return g_strndup(at, strcspn(at, "\n"));
}

/* The place of its home in chain_name. */
static int home_of(const struct chain *c, const char *store)
{
	g_autofree char *sql = g_strdup_printf(
		"SELECT coalesce((SELECT server FROM tillask.home WHERE store = '%s'),"
		" 'centre')",
		store);
	g_autofree char *name = chain_sql(c, 0, sql);

	for (int i = 0; i < CHAIN_SERVERS; i++)
		if (strcmp(chain_name[i], name) == 0)
			return i;
	g_error("%s lives on %s, which is no server", store, name);
}

static void check_store(const struct chain *c, const struct branch *b)
{
	g_autofree char *store = store_of(b);
	int home = home_of(c, store);
	g_autofree char *here = g_strdup_printf(
		"SELECT (SELECT count(*) FROM tillask.visit WHERE store = '%s'),"
		" (SELECT count(*) FROM tillask.answer WHERE store = '%s'),"
		" (SELECT count(*) FROM tillask.card_event WHERE store = '%s'),"
		" (SELECT count(*) FROM tillask.heartbeat WHERE store = '%s') > 0",
		store, store, store, store);
	g_autofree char *all = g_strdup_printf(
		"SELECT (SELECT count(*) FROM tillask_chain.visit WHERE store = '%s'),"
		" (SELECT count(*) FROM tillask_chain.answer WHERE store = '%s'),"
		" (SELECT count(DISTINCT event) FROM tillask_chain.card_event WHERE store = '%s'),"
		" (SELECT count(*) FROM tillask_chain.heartbeat WHERE store = '%s') > 0",
		store, store, store, store);
	g_autofree char *expected = g_strdup_printf(
		"%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT "|t",
		branch_number(b, "SELECT count(*) FROM visit WHERE seq IS NOT NULL"),
		branch_number(b, "SELECT count(*) FROM answer"),
		branch_number(b, "SELECT count(*) FROM card_event"));

	for (int i = 0; i < CHAIN_SERVERS; i++)
		chain_expect(c, i, here, i == home ? expected : "0|0|0|f");
	chain_expect(c, 0, all, expected);
	branch_check_at(b, c->conninfo[home], store);
}

void chain_check(const struct chain *c)
{
	for (int i = 0; i < c->tills; i++)
		check_store(c, &c->till[i]);
}
