/* postgres.c - see postgres.h */
#include "tests/lib/postgres.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <grp.h>
#include <netinet/in.h>
#include <pwd.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define PROGRAMS "/usr/lib/postgresql"
#define START_MS 30000

/* The newest version that is installed. */
static char *find_programs(void)
{
	GDir *versions = g_dir_open(PROGRAMS, 0, NULL);
	char *found = NULL;
	int newest = 0;

	for (const char *name;
	     versions != NULL && (name = g_dir_read_name(versions)) != NULL;) {
		int version = (int)g_ascii_strtoll(name, NULL, 10);
		g_autofree char *server = g_build_filename(PROGRAMS, name, "bin",
							   "initdb", NULL);

		if (version > newest && g_file_test(server, G_FILE_TEST_EXISTS)) {
			g_free(found);
			found = g_path_get_dirname(server);
			newest = version;
		}
	}
	if (versions != NULL)
		g_dir_close(versions);
	if (found == NULL)
		g_error("no PostgreSQL below " PROGRAMS ": make test-deps");
	return found;
}

static const struct passwd *other_user(void)
{
	const struct passwd *user;

	if (geteuid() != 0)
		return NULL;
	user = getpwnam("postgres");
	g_assert_nonnull(user);
	return user;
}

/* After the fork: the server refuses to run as root; and goes when the test goes. */
static void become(gpointer data)
{
	const struct passwd *user = data;

	if (user != NULL && (initgroups(user->pw_name, user->pw_gid) != 0 ||
			     setgid(user->pw_gid) != 0 || setuid(user->pw_uid) != 0))
		_exit(126);
	prctl(PR_SET_PDEATHSIG, SIGQUIT);
}

int postgres_free_port(void)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
				      .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t size = sizeof(address);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	g_assert_cmpint(bind(fd, (struct sockaddr *)&address, size), ==, 0);
	g_assert_cmpint(getsockname(fd, (struct sockaddr *)&address, &size), ==, 0);
	close(fd);
	return ntohs(address.sin_port);
}

/* The folder of the test run may be closed to others: the server's user must pass it. */
static void make_folder(struct postgres *p)
{
	const struct passwd *user = other_user();
	struct stat above;

	p->folder = g_dir_make_tmp("pg-XXXXXX", NULL);
	g_assert_nonnull(p->folder);
	g_assert_cmpint(stat(g_get_tmp_dir(), &above), ==, 0);
	if (user != NULL && (above.st_mode & S_IXOTH) == 0)
		g_assert_cmpint(chmod(g_get_tmp_dir(), (above.st_mode & 07777) | S_IXOTH),
				==, 0);
	if (user != NULL)
		g_assert_cmpint(chown(p->folder, user->pw_uid, user->pw_gid), ==, 0);
}

static void append(const struct postgres *p, const char *text)
{
	g_autofree char *config = g_build_filename(p->folder, "data", "postgresql.conf",
						   NULL);
	FILE *file = fopen(config, "a");

	g_assert_nonnull(file);
	fputs(text, file);
	g_assert_cmpint(fclose(file), ==, 0);
}

/* As the server's user, who owns the folder. */
static void make(const struct postgres *p, const char *const *argv)
{
	g_autofree char *errors = NULL;
	g_autoptr(GError) error = NULL;
	int status;

	g_spawn_sync(p->folder, (char **)argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, become,
		     (gpointer)other_user(), NULL, &errors, &status, &error);
	g_assert_no_error(error);
	if (status != 0)
		g_error("%s: %s", argv[0], errors);
}

static void copy(const char *from, const char *to)
{
	const char *argv[] = {"cp", "-a", from, to, NULL};
	int status;

	g_assert_true(g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL,
				   NULL, NULL, NULL, &status, NULL));
	g_assert_cmpint(status, ==, 0);
}

static void remove_tree(const char *path)
{
	const char *argv[] = {"rm", "-rf", path, NULL};

	g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
		     NULL, NULL, NULL);
}

/* What initdb makes is kept beside this program, since it takes seconds, and copied from then
 * on.  Two programs may both make it: one of them wins. */
static char *find_kept(const struct postgres *p)
{
	g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
	g_autofree char *folder = g_path_get_dirname(self);
	g_autofree char *version = g_path_get_dirname(p->programs);
	g_autofree char *number = g_path_get_basename(version);
	g_autofree char *name = g_strconcat("cluster-", number, NULL);

	return g_build_filename(folder, name, NULL);
}

static void keep(const char *data, const char *kept)
{
	g_autofree char *ours = g_strdup_printf("%s.%d", kept, (int)getpid());

	copy(data, ours);
	if (rename(ours, kept) != 0)
		remove_tree(ours);
}

static void make_cluster(const struct postgres *p, const char *settings)
{
	g_autofree char *initdb = g_build_filename(p->programs, "initdb", NULL);
	g_autofree char *data = g_build_filename(p->folder, "data", NULL);
	g_autofree char *kept = find_kept(p);
	const char *argv[] = {initdb,      "-D",
			      data,        "-U",
			      "postgres",  "--auth=trust",
			      "--no-sync", "-E",
			      "UTF8",      "--locale=C.UTF-8",
			      NULL};
	g_autofree char *more = g_strdup_printf(
		"listen_addresses = '127.0.0.1'\nport = %d\n"
		"unix_socket_directories = '%s'\nfsync = off\nlogging_collector = off\n"
		"shared_buffers = 32MB\nmax_connections = 50\nlog_checkpoints = off\n%s\n",
		p->port, p->folder, settings != NULL ? settings : "");

	if (g_file_test(kept, G_FILE_TEST_EXISTS)) {
		copy(kept, data);
	} else {
		make(p, argv);
		keep(data, kept);
	}
	append(p, more);
}

GPid postgres_spawn(const struct postgres *p, const char *const *argv)
{
	g_autofree char *log = g_build_filename(p->folder, "log", NULL);
	g_autoptr(GError) error = NULL;
	int fd = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	GPid pid;

	g_assert_cmpint(fd, >=, 0);
	g_spawn_async_with_fds(p->folder, (char **)argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD,
			       become, (gpointer)other_user(), &pid, -1, fd, fd, &error);
	g_assert_no_error(error);
	close(fd);
	return pid;
}

void postgres_start(struct postgres *p)
{
	g_autofree char *server = g_build_filename(p->programs, "postgres", NULL);
	g_autofree char *data = g_build_filename(p->folder, "data", NULL);
	const char *argv[] = {server, "-D", data, NULL};

	p->pid = postgres_spawn(p, argv);
	for (gint64 end = g_get_monotonic_time() + START_MS * INT64_C(1000);;) {
		g_autofree char *errors = NULL;
		g_autofree char *one = postgres_try(p->conninfo, "SELECT 1", &errors);

		if (one != NULL)
			return;
		if (g_get_monotonic_time() > end)
			g_error("PostgreSQL does not come up: %s", errors);
		g_usleep(20000);
	}
}

static void end(struct postgres *p, int number)
{
	int status;

	if (p->pid == 0)
		return;
	kill(p->pid, number);
	g_assert_cmpint(waitpid(p->pid, &status, 0), ==, p->pid);
	p->pid = 0;
}

void postgres_stop(struct postgres *p)
{
	end(p, SIGINT);
}

/* The backends see that their postmaster is gone and end; its lock file stays, as after a
 * crash, and with it their shared memory, until they are gone. */
void postgres_kill(struct postgres *p)
{
	end(p, SIGKILL);
}

void postgres_init(struct postgres *p, const char *settings)
{
	memset(p, 0, sizeof(*p));
	p->programs = find_programs();
	p->port = postgres_free_port();
	make_folder(p);
	p->conninfo = postgres_conninfo(p, "postgres", "postgres", 0);
	make_cluster(p, settings);
	postgres_start(p);
}

void postgres_init_standby(struct postgres *p, const struct postgres *primary)
{
	memset(p, 0, sizeof(*p));
	p->programs = find_programs();
	p->port = postgres_free_port();
	make_folder(p);
	p->conninfo = postgres_conninfo(p, "postgres", "postgres", 0);
	g_autofree char *copy = g_build_filename(p->programs, "pg_basebackup", NULL);
	g_autofree char *data = g_build_filename(p->folder, "data", NULL);
	g_autofree char *from = g_strconcat(primary->conninfo,
					    " application_name=standby", NULL);
	const char *argv[] = {copy, "-D", data, "-d", from, "-R", "-c", "fast", NULL};
	g_autofree char *place = g_strdup_printf(
		"port = %d\nunix_socket_directories = '%s'\n", p->port, p->folder);

	make(p, argv);
	append(p, place);
	postgres_start(p);
}

void postgres_clear(struct postgres *p)
{
	end(p, SIGQUIT);
	remove_tree(p->folder);
	g_free(p->folder);
	g_free(p->programs);
	g_free(p->conninfo);
}

char *postgres_conninfo(const struct postgres *p, const char *database, const char *role,
			int port)
{
	return g_strdup_printf("host=127.0.0.1 port=%d dbname=%s user=%s",
			       port != 0 ? port : p->port, database, role);
}

char *postgres_try(const char *conninfo, const char *sql, char **errors)
{
	g_autofree char *programs = find_programs();
	g_autofree char *psql = g_build_filename(programs, "psql", NULL);
	const char *argv[] = {psql, "-XAtq", "-v",     "ON_ERROR_STOP=1",
			      "-c", sql,     conninfo, NULL};
	g_autofree char *said = NULL;
	g_autoptr(GError) error = NULL;
	char *out = NULL;
	int status;

	g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, &said,
		     &status, &error);
	g_assert_no_error(error);
	if (errors != NULL)
		*errors = g_steal_pointer(&said);
	if (status != 0)
		g_clear_pointer(&out, g_free);
	return out != NULL ? g_strchomp(out) : NULL;
}

char *postgres_sql(const struct postgres *p, const char *sql)
{
	g_autofree char *errors = NULL;
	char *out = postgres_try(p->conninfo, sql, &errors);

	if (out == NULL)
		g_error("%s: %s", sql, errors);
	return out;
}

void postgres_expect(const struct postgres *p, const char *sql, const char *expected)
{
	g_autofree char *result = postgres_sql(p, sql);

	g_assert_cmpstr(result, ==, expected);
}

void postgres_await(const struct postgres *p, const char *sql, const char *expected,
		    int ms)
{
	for (gint64 until = g_get_monotonic_time() + ms * INT64_C(1000);
	     g_get_monotonic_time() < until;) {
		g_autofree char *result = postgres_sql(p, sql);

		if (strcmp(result, expected) == 0)
			return;
		g_usleep(50000);
	}
	postgres_expect(p, sql, expected);
}
