/* Lock files: one process at a time, and who it is. */
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "store/day_facts.h"
#include "store/files.h"
#include "store/store.h"

struct place {
	char *folder, *database, *lock;
};

static void begin(struct place *p)
{
	p->folder = g_dir_make_tmp("lock-XXXXXX", NULL);
	p->database = g_build_filename(p->folder, "t.db", NULL);
	p->lock = g_strconcat(p->database, ".lock", NULL);
}

static void end(struct place *p)
{
	g_autofree char *export_lock = g_strconcat(p->database, ".export.lock", NULL);
	g_unlink(p->lock);
	g_unlink(export_lock);
	g_assert_cmpint(g_rmdir(p->folder), ==, 0);
	g_free(p->folder);
	g_free(p->database);
	g_free(p->lock);
}

static void test_holder(void)
{
	struct place p;
	char holder[FILES_HOLDER_MAX], pid[FILES_HOLDER_MAX];
	begin(&p);
	int first = files_hold(p.lock, 0, holder);
	g_assert_cmpint(first, >=, 0);
	g_assert_cmpint(files_hold(p.lock, 0, holder), ==, -1);
	g_assert_cmpint(errno, ==, EWOULDBLOCK);
	g_snprintf(pid, sizeof pid, "%ld", (long)getpid());
	g_assert_cmpstr(holder, ==, pid);
	close(first);
	int next = files_hold(p.lock, 0, holder);
	g_assert_cmpint(next, >=, 0);
	close(next);
	end(&p);
}

/* Whatever stands in the file: it is read whole, and cut at its first line. */
static void test_strange_holder(void)
{
	struct place p;
	char holder[FILES_HOLDER_MAX];
	g_autofree char *text = g_strnfill(4096, '7');
	begin(&p);
	int first = files_hold(p.lock, 0, holder);
	g_assert_true(g_file_test(p.lock, G_FILE_TEST_IS_REGULAR));
	g_assert_cmpint(pwrite(first, text, 4096, 0), ==, 4096);
	g_assert_cmpint(files_hold(p.lock, 0, holder), ==, -1);
	g_assert_cmpuint(strlen(holder), ==, FILES_HOLDER_MAX - 1);
	g_assert_cmpint(ftruncate(first, 0), ==, 0);
	g_assert_cmpint(files_hold(p.lock, 0, holder), ==, -1);
	g_assert_cmpstr(holder, ==, "");
	close(first);
	end(&p);
}

static gpointer give_back(gpointer fd)
{
	g_usleep(100000);
	close(GPOINTER_TO_INT(fd));
	return NULL;
}

static void test_waits(void)
{
	struct place p;
	char holder[FILES_HOLDER_MAX];
	begin(&p);
	int first = files_hold(p.lock, 0, holder);
	gint64 begun = g_get_monotonic_time();
	g_assert_cmpint(files_hold(p.lock, 60, holder), ==, -1);
	g_assert_cmpint(errno, ==, EWOULDBLOCK);
	g_assert_cmpint(g_get_monotonic_time() - begun, >=, 60000);
	GThread *thread = g_thread_new("holder", give_back, GINT_TO_POINTER(first));
	int next = files_hold(p.lock, 60000, holder);
	g_assert_cmpint(next, >=, 0);
	g_thread_join(thread);
	close(next);
	end(&p);
}

static void test_errors(void)
{
	struct place p;
	char holder[FILES_HOLDER_MAX];
	g_autoptr(GError) error = NULL;
	begin(&p);
	g_assert_cmpint(files_hold("/nowhere/at/all", 0, holder), ==, -1);
	g_assert_cmpint(errno, ==, ENOENT);
	int first = files_lock(p.database, &error);
	g_assert_no_error(error);
	g_assert_cmpint(files_lock(p.database, &error), ==, -1);
	g_assert_error(error, STORE_ERROR, STORE_ERROR_LOCKED);
	g_assert_nonnull(strstr(error->message, "runs tillask on it"));
	g_clear_error(&error);
	close(first);
	first = day_facts_lock(p.database, 0, &error);
	g_assert_no_error(error);
	g_assert_cmpint(day_facts_lock(p.database, 10, &error), ==, -1);
	g_assert_error(error, STORE_ERROR, STORE_ERROR_LOCKED);
	g_clear_error(&error);
	g_assert_cmpint(day_facts_lock("/nowhere/t.db", 10, &error), ==, -1);
	g_assert_error(error, STORE_ERROR, STORE_ERROR_FAILED);
	close(first);
	end(&p);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/store/lock/holder", test_holder);
	g_test_add_func("/store/lock/strange-holder", test_strange_holder);
	g_test_add_func("/store/lock/waits", test_waits);
	g_test_add_func("/store/lock/errors", test_errors);
	return g_test_run();
}
