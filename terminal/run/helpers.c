/* helpers.c - see helpers.h */
#include "run/helpers.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "command.h"
#include "core/moment.h"
#include "run/watch.h"

#define LOOK_MS    1000 /* where the system gives no descriptor for a process */
#define CONFIG_FD  3    /* the helper's */
#define PIPE_BYTES 65536

struct helper {
	char **line; /* argv; [0] is the path */
	char **environment;
	helper_said *said;
	struct watch *heard;
	int pipe;   /* its standard error, or -1 */
	int config; /* config.ini as the terminal read it, or -1: the file itself */
	char text[HELPER_LINE_MAX + 1];
	size_t length;
	helper_ended *ended;
	void *self;
	struct watch *watch;
	int64_t at_ms; /* of the next start */
	pid_t pid;     /* 0: none runs */
	int fd;        /* of that process, or -1 */
	bool again;    /* as soon as it has ended */
};

static int64_t now_ms(void)
{
	return g_get_monotonic_time() / 1000;
}

/* The child's side of the fork: nothing here may allocate.  What the terminal ignores, blocks
 * and holds open is not the helper's. */
static void become(const struct helper *h, int errors)
{
	sigset_t none;
	int null = open("/dev/null", O_RDWR);

	for (int number = 1; number < NSIG; number++)
		signal(number, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	setsid();
	setpriority(PRIO_PROCESS, 0, 19);
	for (int fd = 0; fd <= 2; fd++)
		dup2(null, fd);
	if (errors >= 0)
		dup2(errors, 2);
	if (h->config >= 0) {
		dup2(h->config, CONFIG_FD);
		fcntl(CONFIG_FD, F_SETFD, 0);
	}
	close_range(h->config >= 0 ? CONFIG_FD + 1 : 3, ~0U, 0);
	execve(h->line[0], h->line, h->environment);
	_exit(127);
}

static void wait_on(struct helper *h)
{
	int64_t at_ms = h->at_ms;

	if (h->pid != 0 && h->fd < 0)
		at_ms = MIN(at_ms, now_ms() + LOOK_MS);
	watch_fd(h->watch, h->fd, G_IO_IN);
	watch_time(h->watch, at_ms);
}

static void tell(struct helper *h, int code)
{
	if (h->ended != NULL)
		h->ended(h->self, code);
}

static void hear_line(struct helper *h)
{
	h->text[h->length] = '\0';
	h->length = 0;
	if (h->text[0] != '\0')
		h->said(h->self, h->text);
}

/* As much as a full pipe holds, so all that a program said before it ended; at the end of the pipe
 * it is closed. */
static void hear(struct helper *h)
{
	char bytes[1024];
	ssize_t n;

	for (int turn = 0; turn < PIPE_BYTES / (int)sizeof(bytes); turn++) {
		if (h->pipe < 0 || (n = read(h->pipe, bytes, sizeof(bytes))) < 0)
			return;
		for (ssize_t i = 0; i < n; i++) {
			if (bytes[i] == '\n')
				hear_line(h);
			else if (h->length < HELPER_LINE_MAX)
				h->text[h->length++] = bytes[i];
		}
		if (n > 0)
			continue;
		hear_line(h);
		watch_fd(h->heard, -1, 0);
		close(h->pipe);
		h->pipe = -1;
	}
}

static void on_heard(void *self, GIOCondition condition)
{
	(void)condition;
	hear(self);
}

static void stop_hearing(struct helper *h)
{
	hear(h);
	if (h->pipe < 0)
		return;
	watch_fd(h->heard, -1, 0); /* a child of its own holds it open still */
	close(h->pipe);
	h->pipe = -1;
}

/* Returns the helper's end, or -1: nobody listens, or there is no pipe to be had. */
static int open_pipe(struct helper *h)
{
	int ends[2];

	if (h->said == NULL || pipe2(ends, O_CLOEXEC) != 0)
		return -1;
	fcntl(ends[0], F_SETFL,
	      O_NONBLOCK); /* this end only: a helper's words may wait */
	h->pipe = ends[0];
	watch_fd(h->heard, h->pipe, G_IO_IN | G_IO_HUP);
	return ends[1];
}

static void start(struct helper *h)
{
	int errors = open_pipe(h);

	h->again = false;
	h->pid = fork();
	if (h->pid == 0)
		become(h, errors);
	if (errors >= 0)
		close(errors);
	if (h->pid < 0) {
		h->pid = 0;
		stop_hearing(h);
		g_info("starting %s: %s", h->line[0], g_strerror(errno));
		tell(h, -1);
		return;
	}
	h->fd = pidfd_open(h->pid, 0);
}

/* Takes the exit status of a helper that has ended. */
static void collect(struct helper *h)
{
	int status;
	pid_t ended = h->pid != 0 ? waitpid(h->pid, &status, WNOHANG) : 0;

	if (ended == 0)
		return;
	if (h->fd >= 0)
		close(h->fd);
	h->fd = -1;
	h->pid = 0;
	stop_hearing(h);
	tell(h, ended > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : -1);
	if (h->again && h->pid == 0)
		start(h);
}

static void on_watch(void *self, GIOCondition condition)
{
	struct helper *h = self;

	(void)condition;
	collect(h);
	if (now_ms() >= h->at_ms) {
		h->at_ms = MOMENT_NEVER;
		if (h->pid != 0)
			h->again = true;
		else
			start(h);
	}
	wait_on(h);
}

struct helper *helper_new(const char *path, const char *const *args, helper_ended *ended,
			  void *self)
{
	g_autoptr(GStrvBuilder) line = g_strv_builder_new();
	struct helper *h = g_new0(struct helper, 1);

	g_strv_builder_add(line, path);
	for (int i = 0; args[i] != NULL; i++)
		g_strv_builder_add(line, args[i]);
	h->line = g_strv_builder_end(line);
	h->environment = g_get_environ();
	h->pipe = h->config = -1;
	h->ended = ended;
	h->self = self;
	h->at_ms = MOMENT_NEVER;
	h->fd = -1;
	h->watch = watch_new(on_watch, h);
	return h;
}

static bool write_all(int fd, const char *text, size_t length)
{
	ssize_t n = 1;

	for (size_t done = 0; done < length && n > 0; done += (size_t)n)
		n = write(fd, text + done, length - done);
	return n > 0;
}

void helper_config(struct helper *h, const struct config *config)
{
	char number[16];

	h->config = memfd_create("config.ini", MFD_CLOEXEC);
	if (h->config < 0)
		return; /* the file, then */
	if (!write_all(h->config, config->text, config->text_length)) {
		close(h->config);
		h->config = -1;
		return;
	}
	g_snprintf(number, sizeof(number), "%d", CONFIG_FD);
	h->environment = g_environ_setenv(h->environment, COMMAND_CONFIG_FD, number,
					  TRUE);
}

void helper_listen(struct helper *h, helper_said *said)
{
	h->said = said;
	if (h->heard == NULL)
		h->heard = watch_new(on_heard, h);
	h->environment = g_environ_setenv(h->environment, "TILLASK_PROGRESS", "lines",
					  TRUE);
}

void helper_free(struct helper *h)
{
	if (h == NULL)
		return;
	watch_free(h->watch);
	watch_free(h->heard);
	if (h->pipe >= 0)
		close(h->pipe);
	if (h->config >= 0)
		close(h->config);
	g_strfreev(h->environment);
	if (h->fd >= 0)
		close(h->fd);
	g_strfreev(h->line);
	g_free(h);
}

void helper_at(struct helper *h, int64_t mono_ms)
{
	h->at_ms = mono_ms;
	wait_on(h);
}

void helper_now(struct helper *h)
{
	if (h->pid != 0)
		h->again = true;
	else
		start(h);
	wait_on(h);
}

bool helper_running(const struct helper *h)
{
	return h->pid != 0;
}
