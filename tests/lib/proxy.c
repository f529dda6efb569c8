/* proxy.c - see proxy.h */
#include "tests/lib/proxy.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct proxy {
	GThread *thread;
	int target, port, listener;
	int stop[2]; /* a pipe: closed when it is to end */
	GMutex mutex;
	/* under the mutex */
	enum proxy_way way;
	gint64 limit; /* -1: none */
	gboolean stall;
	gint64 passed[2];
	const char *text; /* where it comes, `limit` is set */
	int after;
};

static int socket_on(int port, gboolean listening)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
				      .sin_port = htons((guint16)port),
				      .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (listening) {
		g_assert_cmpint(bind(fd, (struct sockaddr *)&address, sizeof(address)),
				==, 0);
		g_assert_cmpint(listen(fd, 16), ==, 0);
	} else if (connect(fd, (struct sockaddr *)&address, sizeof(address)) != 0) {
		close(fd);
		return -1;
	} else {
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
	}
	return fd;
}

/* How many of N bytes may pass on this way. */
static gint64 allowed(struct proxy *p, int way, const char *bytes, gint64 n)
{
	gint64 may = n;

	g_mutex_lock(&p->mutex);
	const char *found = p->text != NULL && p->way == (enum proxy_way)way
				    ? memmem(bytes, (size_t)n, p->text, strlen(p->text))
				    : NULL;
	if (found != NULL) {
		p->limit = p->passed[way] + (found - bytes) + p->after;
		p->text = NULL;
	}
	if (p->limit >= 0 && p->way == (enum proxy_way)way)
		may = CLAMP(p->limit - p->passed[way], 0, n);
	p->passed[way] += may;
	g_mutex_unlock(&p->mutex);
	return may;
}

static gboolean is_stalling(struct proxy *p)
{
	g_mutex_lock(&p->mutex);
	gboolean stall = p->stall;
	g_mutex_unlock(&p->mutex);
	return stall;
}

static gboolean send_all(int fd, const char *bytes, gint64 n)
{
	while (n > 0) {
		ssize_t sent = send(fd, bytes, (size_t)n, MSG_NOSIGNAL);

		if (sent <= 0)
			return FALSE;
		bytes += sent;
		n -= sent;
	}
	return TRUE;
}

/* One piece from one side to the other; FALSE: the connection is over. */
static gboolean pass(struct proxy *p, int from, int to, int way, gboolean *stalled)
{
	char bytes[65536];
	ssize_t n = recv(from, bytes, sizeof(bytes), 0);
	gint64 may;

	if (n <= 0)
		return FALSE;
	may = allowed(p, way, bytes, n);
	if (!send_all(to, bytes, may))
		return FALSE;
	if (may < n && is_stalling(p))
		*stalled = TRUE;
	return may == n || *stalled;
}

static void serve(struct proxy *p, int client)
{
	int server = socket_on(p->target, FALSE);
	gboolean stalled = FALSE, over = server < 0;

	setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
	while (!over) {
		struct pollfd wanted[] = {{client, stalled ? POLLRDHUP : POLLIN, 0},
					  {stalled ? -1 : server, POLLIN, 0},
					  {p->stop[0], POLLIN, 0}};

		poll(wanted, G_N_ELEMENTS(wanted), -1);
		if (wanted[2].revents != 0 || (stalled && wanted[0].revents != 0))
			break;
		if (wanted[0].revents != 0)
			over = !pass(p, client, server, PROXY_TO_SERVER, &stalled);
		if (!over && !stalled && wanted[1].revents != 0)
			over = !pass(p, server, client, PROXY_TO_CLIENT, &stalled);
	}
	if (server >= 0)
		close(server);
	close(client);
}

static gpointer work(gpointer self)
{
	struct proxy *p = self;

	for (;;) {
		struct pollfd wanted[] = {{p->listener, POLLIN, 0},
					  {p->stop[0], POLLIN, 0}};

		poll(wanted, G_N_ELEMENTS(wanted), -1);
		if (wanted[1].revents != 0)
			return NULL;
		int client = accept4(p->listener, NULL, NULL, SOCK_CLOEXEC);
		if (client < 0)
			continue;
		g_mutex_lock(&p->mutex);
		p->passed[0] = p->passed[1] = 0;
		g_mutex_unlock(&p->mutex);
		serve(p, client);
	}
}

struct proxy *proxy_new(int target)
{
	struct proxy *p = g_new0(struct proxy, 1);
	struct sockaddr_in address;
	socklen_t size = sizeof(address);

	p->target = target;
	p->limit = -1;
	g_mutex_init(&p->mutex);
	p->listener = socket_on(0, TRUE);
	g_assert_cmpint(getsockname(p->listener, (struct sockaddr *)&address, &size), ==,
			0);
	p->port = ntohs(address.sin_port);
	g_assert_cmpint(pipe(p->stop), ==, 0);
	p->thread = g_thread_new("proxy", work, p);
	return p;
}

void proxy_free(struct proxy *p)
{
	close(p->stop[1]);
	g_thread_join(p->thread);
	close(p->stop[0]);
	close(p->listener);
	g_mutex_clear(&p->mutex);
	g_free(p);
}

int proxy_port(const struct proxy *p)
{
	return p->port;
}

static void limit(struct proxy *p, enum proxy_way way, gint64 bytes, gboolean stall)
{
	g_mutex_lock(&p->mutex);
	p->way = way;
	p->limit = bytes;
	p->stall = stall;
	p->text = NULL;
	g_mutex_unlock(&p->mutex);
}

void proxy_cut(struct proxy *p, enum proxy_way way, gint64 bytes)
{
	limit(p, way, bytes, FALSE);
}

void proxy_cut_at(struct proxy *p, enum proxy_way way, const char *text, int after)
{
	g_mutex_lock(&p->mutex);
	p->way = way;
	p->limit = -1;
	p->stall = FALSE;
	p->text = text;
	p->after = after;
	g_mutex_unlock(&p->mutex);
}

void proxy_stall(struct proxy *p, enum proxy_way way, gint64 bytes)
{
	limit(p, way, bytes, TRUE);
}

gint64 proxy_passed(const struct proxy *p, enum proxy_way way)
{
	return p->passed[way];
}
