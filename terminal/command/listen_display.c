#include "command/listen_display.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "run/till_display.h"

static struct {
	struct display_line line;
	struct sale sale;
	const struct listen_display *how;
} listening;

static int64_t now_ms(void)
{
	return g_get_monotonic_time() / 1000;
}

static void print_event(const struct till_event *event)
{
	switch (event->word) {
	case TILL_BEGUN:
		puts("sale begun");
		break;
	case TILL_TOTAL:
	case TILL_SHOWN:
		printf("sale total %" PRId64 "\n", event->total);
		break;
	case TILL_PAID:
		puts("sale paid");
		break;
	case TILL_ENDED:
	case TILL_CANCEL:
		puts("sale ended");
		break;
	case TILL_TENDER:
	case TILL_WAIT:
	case TILL_GO_ON:
	case TILL_HOLD:
	case TILL_RESUME:
		break;
	}
}

static void on_look(const struct display_look *look, void *user)
{
	struct till_event events[SALE_EVENTS_MAX];
	int n;

	(void)user;
	printf("display [%s]|[%s]\n", look->line[0], look->line[1]);
	n = sale_look(&listening.sale, &listening.how->words, look->line[0],
		      look->line[1], look->kicked, events);
	for (int i = 0; i < n; i++)
		print_event(&events[i]);
	fflush(stdout);
}

bool listen_display_from_till(const struct till_config *till,
			      struct listen_display *display)
{
	if (*till->line.device == '\0')
		return false;
	till_display_options(till, &display->line, &display->tables);
	display->words = till->sale;
	return true;
}

static bool wait_for(int fd, int64_t until_ms)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};
	int timeout = until_ms < 0 ? -1 : (int)CLAMP(until_ms - now_ms(), 0, 60000);

	return poll(&p, 1, timeout) > 0;
}

static enum command_exit from_input(struct invocation *call)
{
	struct display_line *line = &listening.line;
	unsigned char bytes[512];
	ssize_t n = 1;

	while (n != 0) {
		bool pending = display_line_pending(line);

		if (!wait_for(STDIN_FILENO, pending ? now_ms() + DISPLAY_QUIET_MS : -1)) {
			display_line_quiet(line);
			continue;
		}
		n = read(STDIN_FILENO, bytes, sizeof(bytes));
		if (n < 0 && errno != EINTR && errno != EAGAIN)
			return command_failed(
				call, g_error_new(G_FILE_ERROR,
						  (gint)g_file_error_from_errno(errno),
						  "reading standard input: %s",
						  g_strerror(errno)));
		if (n > 0)
			display_line_feed(line, bytes, (size_t)n, now_ms());
	}
	display_line_quiet(line);
	return COMMAND_DONE;
}

static void no_card(const struct card_reading *reading, void *user)
{
	(void)reading;
	(void)user;
}

static void print_state(const struct reader *reader, void *user)
{
	const char *why = reader_why(reader);

	fprintf(stderr, "%s: %s\n", (const char *)user,
		why[0] != '\0' ? why : reader_state_name(reader_state_of(reader)));
}

static enum command_exit from_device(char *name)
{
	struct reader *reader = &listening.line.reader;
	const struct reader_sink sink = {
		.card = no_card, .state = print_state, .user = name};

	reader_enable(reader, &sink);
	reader_open(reader, now_ms(), &sink);
	while (reader_state_of(reader) != READER_ENDED) {
		if (wait_for(reader_fd(reader), reader_deadline_ms(reader)))
			reader_on_readable(reader, now_ms(), &sink);
		else
			reader_on_time(reader, now_ms(), &sink);
	}
	reader_close(reader, &sink);
	return COMMAND_DONE;
}

enum command_exit listen_display(struct invocation *call,
				 const struct listen_display *display)
{
	struct display_line_options options = display->line;

	listening.how = display;
	options.listening = true;
	if (display->tables.n > 0)
		options.display.tables = &display->tables;
	display_line_init(&listening.line, &options, on_look, NULL);
	if (strcmp(options.device, "-") == 0)
		return from_input(call);
	return from_device(call->args[0]);
}
