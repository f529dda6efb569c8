/* till_socket.c - see till_socket.h */
#include "run/till_socket.h"

#include <errno.h>
#include <glib-unix.h>
#include <grp.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define ASK_TIMEOUT_S 5

struct client {
	struct till_socket *socket;
	int fd; /* -1: free */
	guint source;
	GIOCondition waits_for;
	size_t in_n, out_n;
	bool skipping; /* the rest of a line that was too long */
	bool ended;    /* nothing more is read: close when everything is out */
	bool right;    /* said a right line once */
	int wrong;     /* lines in a row */
	guint64 turn;  /* when it last said something */
	char in[TILL_LINE_MAX + 2]; /* a line, CR and LF */
	char out[TILL_ANSWERS_MAX];
};

struct till_socket {
	int fd;
	guint source;
	char path[sizeof((struct sockaddr_un){0}.sun_path)];
	struct stat file;
	till_answer answer;
	void *self;
	guint64 turn;
	struct client client[TILL_CLIENTS];
};

static gboolean on_client(gint fd, GIOCondition condition, gpointer data);

static void client_close(struct client *c)
{
	g_source_remove(c->source);
	close(c->fd);
	explicit_bzero(c->in, sizeof(c->in));
	c->fd = -1;
}

/* Waits for the lines of a client that takes its answers, else for it to take them. */
static void client_wait(struct client *c)
{
	GIOCondition condition = c->out_n > 0 ? G_IO_OUT : G_IO_IN;

	if (c->source != 0 && c->waits_for == condition)
		return;
	if (c->source != 0)
		g_source_remove(c->source);
	c->waits_for = condition;
	c->source = g_unix_fd_add(c->fd, condition, on_client, c);
}

static bool client_has_room(const struct client *c)
{
	return sizeof(c->out) - c->out_n >= 2 * TILL_ANSWER_MAX;
}

static void client_say(struct client *c, const char *answer)
{
	size_t n = strlen(answer);

	g_assert(c->out_n + n + 1 <= sizeof(c->out));
	memcpy(c->out + c->out_n, answer, n);
	c->out[c->out_n + n] = '\n';
	c->out_n += n + 1;
}

static void client_count(struct client *c, bool right)
{
	c->wrong = right ? 0 : c->wrong + 1;
	c->right = c->right || right;
	if (c->wrong == TILL_WRONG_MAX) {
		client_say(c, "ERR too many wrong lines: closing");
		c->ended = true;
	}
}

static void client_answer(struct client *c, size_t length)
{
	struct till_line line;
	char answer[TILL_ANSWER_MAX] = "";

	till_line_parse(c->in, length, &line);
	if (line.kind == TILL_LINE_WRONG)
		g_snprintf(answer, sizeof(answer), "ERR %s", line.wrong);
	else
		c->socket->answer(c->socket->self, &line, answer, sizeof(answer) - 1);
	explicit_bzero(&line, sizeof(line));
	client_say(c, answer);
	client_count(c, g_str_has_prefix(answer, "OK"));
}

static void client_forget(struct client *c, size_t n)
{
	c->in_n -= n;
	memmove(c->in, c->in + n, c->in_n);
	explicit_bzero(c->in + c->in_n, n);
}

/* A line, or a whole buffer without an end, waits for its answer. */
static bool client_has_line(const struct client *c)
{
	return c->wrong < TILL_WRONG_MAX &&
	       (c->in_n == sizeof(c->in) || memchr(c->in, '\n', c->in_n) != NULL);
}

static void client_line(struct client *c)
{
	const char *end = memchr(c->in, '\n', c->in_n);
	size_t length = end != NULL ? (size_t)(end - c->in) : c->in_n;

	if (!c->skipping)
		client_answer(c, length);
	else if (end == NULL)
		client_count(c, false);
	c->skipping = end == NULL;
	client_forget(c, end != NULL ? length + 1 : length);
}

static void client_read(struct client *c)
{
	ssize_t n = recv(c->fd, c->in + c->in_n, sizeof(c->in) - c->in_n, MSG_DONTWAIT);

	if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
		c->ended = true;
	if (n > 0) {
		c->in_n += (size_t)n;
		c->turn = ++c->socket->turn;
	}
}

/* Sends what the client takes now; false when it is gone. */
static bool client_flush(struct client *c)
{
	ssize_t n;

	if (c->out_n == 0)
		return true;
	n = send(c->fd, c->out, c->out_n, MSG_NOSIGNAL | MSG_DONTWAIT);
	if (n < 0)
		return errno == EAGAIN || errno == EINTR;
	c->out_n -= (size_t)n;
	memmove(c->out, c->out + n, c->out_n);
	return true;
}

static gboolean on_client(gint fd, GIOCondition condition, gpointer data)
{
	struct client *c = data;

	(void)fd;
	if (c->waits_for == G_IO_IN && condition != 0)
		client_read(c);
	do {
		while (client_has_line(c) && client_has_room(c))
			client_line(c);
		if (!client_flush(c)) {
			client_close(c);
			return G_SOURCE_CONTINUE; /* removed already */
		}
	} while (client_has_line(c) && c->out_n == 0);
	if (c->ended && c->out_n == 0)
		client_close(c);
	else
		client_wait(c);
	return G_SOURCE_CONTINUE;
}

/* A place for a new client: a free one, or that of the client missed least. */
static struct client *client_place(struct till_socket *s)
{
	struct client *place = &s->client[0];

	for (int i = 0; i < TILL_CLIENTS; i++) {
		struct client *c = &s->client[i];

		if (c->fd < 0)
			return c;
		if (c->right != place->right ? place->right : c->turn < place->turn)
			place = c;
	}
	client_close(place);
	return place;
}

static gboolean on_listen(gint fd, GIOCondition condition, gpointer data)
{
	struct till_socket *s = data;
	int peer = accept4(fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
	struct client *c;

	(void)condition;
	if (peer < 0)
		return G_SOURCE_CONTINUE;
	c = client_place(s);
	*c = (struct client){.socket = s, .fd = peer, .turn = ++s->turn};
	client_wait(c);
	return G_SOURCE_CONTINUE;
}

static bool fail(GError **error, int code, const char *doing, const char *path,
		 const char *next)
{
	g_set_error(error, G_FILE_ERROR, (gint)g_file_error_from_errno(code),
		    "%s %s: %s; %s", doing, path, g_strerror(code), next);
	return false;
}

static int local_socket(const char *path, struct sockaddr_un *address, GError **error)
{
	int fd;

	*address = (struct sockaddr_un){.sun_family = AF_UNIX};
	if (g_strlcpy(address->sun_path, path, sizeof(address->sun_path)) >=
	    sizeof(address->sun_path)) {
		g_set_error(
			error, G_FILE_ERROR, G_FILE_ERROR_NAMETOOLONG,
			"the till's socket %s: a socket's path is at most 107 bytes; name a "
			"shorter one with [till] socket=",
			path);
		return -1;
	}
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0)
		fail(error, errno, "making the till's socket", path, "try again");
	return fd;
}

/* Removes what a program that died left at the address. */
static bool clear_way(const struct sockaddr_un *address, GError **error)
{
	const char *path = address->sun_path;
	struct stat file;
	int fd, code;

	if (lstat(path, &file) != 0)
		return true;
	if (!S_ISSOCK(file.st_mode))
		return fail(error, EEXIST, "making the till's socket", path,
			    "move that file away or name another with [till] socket=");
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	code = connect(fd, (const struct sockaddr *)address, sizeof(*address)) == 0
		       ? 0
		       : errno;
	close(fd);
	if (code == 0 || code == EAGAIN)
		return fail(error, EADDRINUSE, "making the till's socket", path,
			    "another program listens there: end it, or name another with "
			    "[till] socket=");
	if (code == ECONNREFUSED)
		unlink(path);
	return true;
}

static bool give_group(const char *path, const char *group, GError **error)
{
	struct group *entry;

	if (group[0] == '\0')
		return true;
	entry = getgrnam(group);
	if (entry == NULL) {
		g_set_error(
			error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
			"the till's socket %s: there is no group %s; make it (groupadd) or "
			"name another with [till] socket_group=",
			path, group);
		return false;
	}
	if (chown(path, (uid_t)-1, entry->gr_gid) != 0)
		return fail(error, errno, "giving the till's socket to its group", path,
			    "the program's user must be in that group");
	return true;
}

/* Nobody can connect before listen(), and nobody open it before the group is right. */
static bool bind_and_listen(int fd, const struct sockaddr_un *address, const char *group,
			    GError **error)
{
	const char *path = address->sun_path;

	if (fchmod(fd, 0600) != 0 ||
	    bind(fd, (const struct sockaddr *)address, sizeof(*address)) != 0)
		return fail(error, errno, "making the till's socket", path,
			    "its folder must be there and be writable");
	if (!give_group(path, group, error))
		return false;
	if (chmod(path, 0660) != 0 || listen(fd, TILL_CLIENTS) != 0)
		return fail(error, errno, "opening the till's socket", path, "try again");
	return true;
}

struct till_socket *till_socket_new(const char *path, const char *group,
				    till_answer answer, void *self, GError **error)
{
	struct sockaddr_un address;
	struct till_socket *s;
	int fd = local_socket(path, &address, error);

	if (fd < 0)
		return NULL;
	if (!clear_way(&address, error) || !bind_and_listen(fd, &address, group, error)) {
		close(fd);
		return NULL;
	}
	s = g_new0(struct till_socket, 1);
	s->fd = fd;
	s->answer = answer;
	s->self = self;
	g_strlcpy(s->path, path, sizeof(s->path));
	if (lstat(path, &s->file) != 0)
		s->file.st_ino = 0;
	for (int i = 0; i < TILL_CLIENTS; i++)
		s->client[i].fd = -1;
	s->source = g_unix_fd_add(fd, G_IO_IN, on_listen, s);
	return s;
}

void till_socket_free(struct till_socket *s)
{
	struct stat now;

	if (s == NULL)
		return;
	for (int i = 0; i < TILL_CLIENTS; i++)
		if (s->client[i].fd >= 0)
			client_close(&s->client[i]);
	if (lstat(s->path, &now) == 0 && now.st_ino == s->file.st_ino &&
	    now.st_dev == s->file.st_dev)
		unlink(s->path);
	g_source_remove(s->source);
	close(s->fd);
	g_free(s);
}

/* Sends REQUEST and reads a line into ANSWER; 0 or an errno. */
static int exchange(int fd, const struct sockaddr_un *address, const char *request,
		    GString *answer)
{
	const struct timeval patience = {.tv_sec = ASK_TIMEOUT_S};
	size_t length = strlen(request);
	char part[TILL_ANSWER_MAX];
	ssize_t n;

	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
	if (!g_unix_set_fd_nonblocking(fd, FALSE, NULL) ||
	    connect(fd, (const struct sockaddr *)address, sizeof(*address)) != 0 ||
	    send(fd, request, length, MSG_NOSIGNAL) != (ssize_t)length)
		return errno;
	while (strchr(answer->str, '\n') == NULL) {
		n = recv(fd, part, sizeof(part), 0);
		if (n <= 0)
			return n == 0 ? ECONNRESET : errno == EAGAIN ? ETIMEDOUT : errno;
		g_string_append_len(answer, part, n);
	}
	return 0;
}

char *till_socket_ask(const char *path, const char *line, GError **error)
{
	g_autofree char *request = g_strconcat(line, "\n", NULL);
	g_autoptr(GString) answer = g_string_new(NULL);
	struct sockaddr_un address;
	int fd = local_socket(path, &address, error), code;

	if (fd < 0)
		return NULL;
	code = exchange(fd, &address, request, answer);
	close(fd);
	if (code == 0) {
		g_string_truncate(answer, strcspn(answer->str, "\n"));
		return g_string_free(g_steal_pointer(&answer), FALSE);
	}
	fail(error, code, "speaking to the terminal at", path,
	     code == ENOENT || code == ECONNREFUSED
		     ? "`tillask run` is not running with this configuration: start it"
	     : code == EACCES ? "your user must be in the group of [till] socket_group="
			      : "look whether `tillask run` still answers keys");
	return NULL;
}
