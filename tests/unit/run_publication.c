/* run_publication: a thread looks for what came down; the main loop gets whole configurations */
#include <glib.h>
#include <sqlite3.h>
#include <string.h>

#include "run/publication.h"
#include "store/inbox.h"
#include "tests/lib/storage.h"

#define LOOK_MS   50
#define LOOKED_MS 10000

static const char goods[] =
	"[question goods]\nkind=yesno\nwhen=always\ntext[ru]=Нашли?\n";
/* right by itself, and in a language that this till has no other sentence of */
static const char foreign[] = "[terminal]\nlanguages=ru;de\n";

struct fixture {
	struct storage storage;
	struct config *local;
	struct publication *publication;
	gint calls;
};

static void on_ready(void *self)
{
	struct fixture *f = self;

	f->calls++;
}

static struct config *parse(const char *database)
{
	g_autofree char *text = g_strdup_printf(
		"[terminal]\nstore=017\ntill=3\nlanguages=ru\ndatabase=%s\n"
		"[question overall]\nkind=smiley\nwhen=always\ntext[ru]=Как вам?\n"
		"low[ru]=плохо\nhigh[ru]=хорошо\n",
		database);
	struct faults *faults = faults_new("config.ini");
	struct config *config = config_parse("config.ini", text, strlen(text), faults);

	g_assert_nonnull(config);
	faults_free(faults);
	return config;
}

static void init(struct fixture *f)
{
	memset(f, 0, sizeof(*f));
	storage_init(&f->storage, NULL);
	struct store *store = store_open(&f->storage.options, NULL);
	g_assert_nonnull(store);
	g_assert_true(store_close(store, 5000));
	f->local = parse(f->storage.path);
}

static void begin(struct fixture *f)
{
	f->publication = publication_new(f->local, inbox_taken(f->storage.path, NULL),
					 LOOK_MS, on_ready, f);
}

static void clear(struct fixture *f)
{
	publication_free(f->publication);
	config_free(f->local);
	storage_clear(&f->storage);
}

/* What `sync` does with TEXT that it found good, or with WHY it did not. */
static void come_down(const struct fixture *f, const char *text, const char *why)
{
	struct published p = {.scope = PUBLISHED_ALL, .whose = "", .text = text};
	g_autoptr(GError) error = NULL;
	struct inbox *inbox = inbox_open(f->storage.path, &error);

	g_assert_no_error(error);
	g_assert_true(inbox_fetched(inbox, &p, *text != '\0', &error));
	g_assert_true(why != NULL ? inbox_refuse(inbox, why, &error)
				  : inbox_take(inbox, &error));
	inbox_close(inbox);
}

static void change(const struct fixture *f, const char *sql)
{
	sqlite3 *db;

	g_assert_cmpint(sqlite3_open(f->storage.path, &db), ==, SQLITE_OK);
	sqlite3_busy_timeout(db, 5000);
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		g_error("%s: %s", sql, sqlite3_errmsg(db));
	sqlite3_close(db);
}

static void turn(void)
{
	g_main_context_iteration(NULL, FALSE);
	g_usleep(1000);
}

/* It is said, sooner or later, that something is not used, or nothing is left of that. */
static void await_refused(struct fixture *f, bool refused)
{
	gint64 until = g_get_monotonic_time() + LOOKED_MS * INT64_C(1000);
	int before = f->calls;

	while (publication_refused(f->publication) != refused || f->calls == before) {
		g_assert_cmpint(g_get_monotonic_time(), <, until);
		turn();
	}
}

/* A configuration with COUNT questions comes; one. */
static void await_questions(struct fixture *f, int count)
{
	gint64 until = g_get_monotonic_time() + LOOKED_MS * INT64_C(1000);
	struct config *config = publication_take(f->publication);
	int before = f->calls;

	for (; config == NULL; config = publication_take(f->publication)) {
		g_assert_cmpint(g_get_monotonic_time(), <, until);
		turn();
	}
	g_assert_cmpint(config->questionnaire.count, ==, count);
	config_free(config);
	for (; f->calls == before; turn()) /* and the main loop was woken for it */
		g_assert_cmpint(g_get_monotonic_time(), <, until);
	g_assert_null(publication_take(f->publication));
}

static void expect_quiet(struct fixture *f, int ms)
{
	gint64 until = g_get_monotonic_time() + ms * INT64_C(1000);
	int before = f->calls;

	while (g_get_monotonic_time() < until)
		turn();
	g_assert_cmpint(f->calls, ==, before);
}

static void test_comes_and_goes(void)
{
	struct fixture f;

	init(&f);
	begin(&f);
	come_down(&f, goods, NULL);
	await_questions(&f, 2);
	g_assert_false(publication_refused(f.publication));
	come_down(&f, "[nonsense]\n", "it is nonsense");
	await_refused(&f, true);
	g_assert_null(publication_take(f.publication)); /* the last good one stays */
	come_down(&f, "", NULL);
	await_questions(&f, 1);
	g_assert_false(publication_refused(f.publication));
	clear(&f);
}

/* In force, and not right with the config.ini that this program began with. */
static void test_does_not_go_together(void)
{
	struct fixture f;

	init(&f);
	come_down(&f, foreign, NULL);
	begin(&f);
	await_refused(&f, true);
	g_assert_null(publication_take(f.publication));
	come_down(&f, goods, NULL);
	await_questions(&f, 2);
	g_assert_false(publication_refused(f.publication));
	clear(&f);
}

/* What is in use already is not handed over again. */
static void test_nothing_new(void)
{
	struct fixture f;

	init(&f);
	come_down(&f, goods, NULL);
	begin(&f);
	expect_quiet(&f, 20 * LOOK_MS);
	g_assert_null(publication_take(f.publication));
	clear(&f);
}

/* A database that cannot be read for a moment has not withdrawn anything. */
static void test_unread(void)
{
	struct fixture f;

	init(&f);
	begin(&f);
	change(&f, "ALTER TABLE published RENAME TO elsewhere");
	change(&f, "INSERT INTO elsewhere VALUES (1, 'all', '', 1, '[question goods]\n"
		   "kind=yesno\nwhen=always\ntext[ru]=Нашли?\n');"
		   "UPDATE from_central SET taken = 1");
	expect_quiet(&f, 20 * LOOK_MS);
	change(&f, "ALTER TABLE elsewhere RENAME TO published");
	await_questions(&f, 2);
	clear(&f);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/publication/comes-and-goes", test_comes_and_goes);
	g_test_add_func("/publication/does-not-go-together", test_does_not_go_together);
	g_test_add_func("/publication/nothing-new", test_nothing_new);
	g_test_add_func("/publication/unread", test_unread);
	return g_test_run();
}
