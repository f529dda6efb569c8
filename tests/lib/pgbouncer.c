/* pgbouncer.c - see pgbouncer.h */
#include "tests/lib/pgbouncer.h"

#include <signal.h>
#include <stdint.h>
#include <sys/wait.h>

#define START_MS 30000

/* Readable for the server's user, who is another one when the test is root. */
static char *write_file(const struct postgres *server, int port, const char *suffix,
			const char *text)
{
	char *path = g_strdup_printf("%s/pgbouncer-%d.%s", server->folder, port, suffix);

	g_assert_true(g_file_set_contents_full(path, text, -1, G_FILE_SET_CONTENTS_NONE,
					       0644, NULL));
	return path;
}

static char *write_logins(const struct postgres *server, int port,
			  const char *const *logins)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (int i = 0; logins[i] != NULL; i++)
		g_string_append_printf(text, "\"%s\" \"\"\n", logins[i]);
	return write_file(server, port, "logins", text->str);
}

static char *write_config(const struct postgres *server, int port, const char *logins,
			  int pool)
{
	g_autofree char *text = g_strdup_printf(
		"[databases]\n* = host=127.0.0.1 port=%d\n"
		"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = %d\n"
		"unix_socket_dir =\nauth_type = trust\nauth_file = %s\n"
		"pool_mode = transaction\ndefault_pool_size = %d\nmax_client_conn = 500\n"
		"listen_backlog = 500\nlog_connections = 0\nlog_disconnections = 0\n",
		server->port, port, logins, pool);

	return write_file(server, port, "ini", text);
}

static void await(const struct pgbouncer *b, const struct postgres *server,
		  const char *login)
{
	g_autofree char *conninfo = postgres_conninfo(server, "postgres", login, b->port);

	for (gint64 end = g_get_monotonic_time() + START_MS * INT64_C(1000);;) {
		g_autofree char *errors = NULL;
		g_autofree char *one = postgres_try(conninfo, "SELECT 1", &errors);

		if (one != NULL)
			return;
		if (g_get_monotonic_time() > end)
			g_error("PgBouncer does not come up: %s", errors);
		g_usleep(20000);
	}
}

void pgbouncer_init(struct pgbouncer *b, const struct postgres *server,
		    const char *const *logins, int pool)
{
	b->port = postgres_free_port();
	g_autofree char *users = write_logins(server, b->port, logins);
	g_autofree char *config = write_config(server, b->port, users, pool);
	const char *argv[] = {"/usr/sbin/pgbouncer", config, NULL};

	b->pid = postgres_spawn(server, argv);
	await(b, server, logins[0]);
}

void pgbouncer_clear(struct pgbouncer *b)
{
	kill(b->pid, SIGKILL);
	g_assert_cmpint(waitpid(b->pid, NULL, 0), ==, b->pid);
}
