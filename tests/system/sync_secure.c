/* sync_secure: TLS is verified as the connection string says; passwords come from libpq's own
 * places and are seen nowhere */
#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/lib/branch.h"

#define SECRET "Sehr-Geheim-77"

static struct postgres server;
static struct branch b;

static void run(const char *const argv[])
{
	g_autofree char *errors = NULL;
	g_autoptr(GError) error = NULL;
	int status;

	g_spawn_sync(server.folder, (char **)argv, NULL,
		     G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL,
		     &errors, &status, &error);
	g_assert_no_error(error);
	if (status != 0)
		g_error("%s: %s", argv[0], errors);
}

/* A certificate of its own authority, for this name. */
static char *make_certificate(const char *name)
{
	g_autofree char *key = g_strdup_printf("%s/%s.key", server.folder, name);
	char *certificate = g_strdup_printf("%s/%s.crt", server.folder, name);
	g_autofree char *subject = g_strdup_printf("/CN=%s", name);
	g_autofree char *alternative = g_strdup_printf("subjectAltName=DNS:%s", name);
	const char *argv[] = {"openssl",   "req",       "-x509", "-newkey", "rsa:2048",
			      "-nodes",    "-days",     "2",     "-keyout", key,
			      "-out",      certificate, "-subj", subject,   "-addext",
			      alternative, NULL};
	struct stat folder;

	run(argv);
	g_assert_cmpint(stat(server.folder, &folder), ==, 0);
	g_assert_cmpint(chown(key, folder.st_uid, folder.st_gid), ==, 0);
	g_assert_cmpint(chmod(key, 0600), ==, 0);
	return certificate;
}

static void connect_by(const char *host, const char *more)
{
	g_autofree char *conninfo =
		g_strdup_printf("host=%s port=%d dbname=secure user=postgres %s", host,
				server.port, more);

	branch_connect(&b, conninfo);
}

static void test_tls(void)
{
	g_autofree char *right = make_certificate("localhost");
	g_autofree char *wrong = make_certificate("elsewhere");
	g_autofree char *trust = g_strdup_printf("sslmode=verify-full sslrootcert=%s",
						 right);
	g_autofree char *other = g_strdup_printf("sslmode=verify-full sslrootcert=%s",
						 wrong);
	g_autofree char *on = g_strdup_printf(
		"ALTER SYSTEM SET ssl_cert_file = '%s/localhost.crt'", server.folder);
	g_autofree char *key = g_strdup_printf(
		"ALTER SYSTEM SET ssl_key_file = '%s/localhost.key'", server.folder);

	g_free(postgres_sql(&server, on));
	g_free(postgres_sql(&server, key));
	g_free(postgres_sql(&server, "ALTER SYSTEM SET ssl = on"));
	g_free(postgres_sql(&server, "SELECT pg_reload_conf()"));
	postgres_await(&server, "SHOW ssl", "on", 10000);
	branch_fill(&b, 3);
	connect_by("localhost", other);
	branch_expect_command(&b, "sync", 1, "certificate verify failed");
	connect_by("127.0.0.1", trust);
	branch_expect_command(&b, "sync", 1, "does not match host name");
	connect_by("localhost", trust);
	branch_expect_command(&b, "sync", 0, "sent: visits 3,");
	branch_check(&b);
}

static void write_file(const char *path, const char *text)
{
	g_assert_true(g_file_set_contents(path, text, -1, NULL));
	g_assert_cmpint(chmod(path, 0600), ==, 0);
}

/* Nowhere in what a run prints or keeps. */
static void expect_no_secret(const char *arguments, int code)
{
	g_autofree char *out = NULL, *errors = NULL;

	g_assert_cmpint(branch_command(&b, arguments, &out, &errors), ==, code);
	g_assert_null(strstr(out, SECRET));
	g_assert_null(strstr(errors, SECRET));
	g_assert_cmpint(branch_number(&b, "SELECT count(*) FROM sync_state"
					  " WHERE error LIKE '%" SECRET "%'"),
			==, 0);
}

static void test_password(void)
{
	g_autofree char *hba = g_build_filename(server.folder, "data", "pg_hba.conf",
						NULL);
	g_autofree char *pass = g_build_filename(b.folder, "pgpass", NULL);
	g_autofree char *old = NULL, *rules = NULL, *conninfo = NULL;
	struct stat file;

	g_free(branch_sql(&b, "CREATE ROLE sender LOGIN PASSWORD '" SECRET "' IN ROLE"
			      " tillask_till; INSERT INTO tillask.enrolment VALUES"
			      " ('sender', '017', '3')"));
	g_assert_true(g_file_get_contents(hba, &old, NULL, NULL));
	rules = g_strdup_printf("host all sender 127.0.0.1/32 scram-sha-256\n%s", old);
	g_assert_cmpint(stat(hba, &file), ==, 0);
	write_file(hba, rules);
	g_assert_cmpint(chown(hba, file.st_uid, file.st_gid), ==, 0);
	g_free(postgres_sql(&server, "SELECT pg_reload_conf()"));
	g_usleep(300000);
	conninfo = postgres_conninfo(&server, "secure", "sender", 0);
	branch_connect(&b, conninfo);
	branch_fill(&b, 3);
	g_setenv("PGPASSFILE", pass, TRUE);
	write_file(pass, "*:*:*:sender:wrong" SECRET "\n");
	expect_no_secret("sync", 1);
	branch_expect_command(&b, "sync --status", 0, "password authentication failed");
	write_file(pass, "*:*:*:sender:" SECRET "\n");
	expect_no_secret("sync", 0);
	branch_check(&b);
	g_unsetenv("PGPASSFILE");
	/* in config.ini it works, and check says that it should not stand there */
	g_autofree char *open = g_strdup_printf("%s password=" SECRET, conninfo);
	branch_connect(&b, open);
	expect_no_secret("sync", 0);
	expect_no_secret("sync --probe", 0);
	branch_expect_command(&b, "sync --probe", 0, "holds a password");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	postgres_init(&server, NULL);
	branch_init(&b, &server, "secure");
	branch_expect_command(&b, "central migrate", 0, "installed");
	g_test_add_func("/sync-secure/tls", test_tls);
	g_test_add_func("/sync-secure/password", test_password);
	int failed = g_test_run();
	branch_clear(&b);
	postgres_clear(&server);
	return failed;
}
