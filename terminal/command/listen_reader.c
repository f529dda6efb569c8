#include "command/listen_reader.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "drivers/line_hint.h"
#include "drivers/recording.h"

#define BURST_MS   300 /* a line so long idle (reader.h) */
#define SILENCE_MS 10000

/* All that holds raw bytes is here: locked into memory, and wiped. */
static struct {
	const struct listen_source *source;
	struct line_hint hint;
	struct recording recording;
	struct reader reader;
	union reader_decoder decoder; /* of standard input */
	unsigned char bytes[512];
	int record;           /* descriptor, or -1 */
	int record_errno;     /* why writing failed, or 0 */
	int64_t quiet_at_ms;  /* when the burst ends; -1: none */
	int64_t silent_at_ms; /* when it is said that nothing comes; -1: not any more */
} ear;

static int64_t now_ms(void)
{
	return g_get_monotonic_time() / 1000;
}

static void say(const char *words)
{
	fprintf(stderr, "%s: %s\n", ear.source->name, words);
}

/* What is printed on an RFID card is not what is sent. */
static void say_printed(const char *number)
{
	char decimal[RFID_DIGITS + 1];

	if (strcmp(ear.source->reader.protocol->name, "rfid") == 0 &&
	    rfid_decimal(number, decimal))
		fprintf(stderr, "%s: printed on the card as %s\n", ear.source->name,
			decimal);
}

static void print_card(const struct card_reading *reading, void *user)
{
	(void)user;
	switch (reading->result) {
	case CARD_NUMBER:
		printf("card %s\n", reading->number);
		say_printed(reading->number);
		break;
	case CARD_ERROR:
		printf("error %s\n", card_error_name(reading->error));
		break;
	case CARD_REFUSED_PAYMENT:
		puts("refused payment-card");
		break;
	case CARD_REFUSED_DOCUMENT:
		puts("refused id-document");
		break;
	}
	fflush(stdout);
}

static void write_record(const char *text, size_t n, void *user)
{
	(void)user;
	while (n > 0 && ear.record >= 0 && ear.record_errno == 0) {
		ssize_t written = write(ear.record, text, n);

		if (written < 0 && errno != EINTR)
			ear.record_errno = errno;
		if (written > 0) {
			text += written;
			n -= (size_t)written;
		}
	}
}

static void on_bytes(const unsigned char *bytes, size_t n, int64_t at_ms, bool between,
		     void *user)
{
	(void)user;
	line_hint_bytes(&ear.hint, bytes, n, at_ms);
	if (ear.record >= 0)
		recording_bytes(&ear.recording, bytes, n, at_ms, between);
	ear.quiet_at_ms = at_ms + BURST_MS;
	ear.silent_at_ms = -1;
}

static void on_card(const struct card_reading *reading, void *user)
{
	(void)user;
	line_hint_card(&ear.hint, reading);
	recording_card(&ear.recording, reading);
}

static const struct reader_tap tap = {on_bytes, on_card, NULL};

/* The burst has ended, and the decoder was told. */
static void end_burst(void)
{
	const char *hint = line_hint_idle(&ear.hint);

	ear.quiet_at_ms = -1;
	if (hint != NULL)
		say(hint);
	recording_idle(&ear.recording);
}

static void say_silent(void)
{
	const struct reader_options *options = &ear.source->reader;

	ear.silent_at_ms = -1;
	if (options->no_dtr || options->no_rts)
		say("nothing has come for 10 s, and DTR or RTS is left down (dtr=, rts=): a "
		    "reader that draws its power from them stays dark; set both to yes");
	else
		say("nothing has come for 10 s: swipe a card; when still nothing comes, look "
		    "whether the reader has power, its cable (TX to RX, ground) and that "
		    "device= is its port");
}

/* Waits for FD (-1: nothing to wait for) until the earliest of the times that are not
 * negative; whether it is readable. */
static bool wait_for(int fd, int64_t deadline_ms)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};
	const int64_t times[] = {deadline_ms, ear.quiet_at_ms, ear.silent_at_ms};
	int timeout = -1;

	for (size_t i = 0; i < G_N_ELEMENTS(times); i++) {
		int wait = (int)CLAMP(times[i] - now_ms(), 0, 60000);

		if (times[i] >= 0 && (timeout < 0 || wait < timeout))
			timeout = wait;
	}
	return poll(&p, 1, timeout) > 0;
}

static bool is_due(int64_t at_ms)
{
	return at_ms >= 0 && now_ms() >= at_ms;
}

static void on_input_card(const struct card_reading *reading, void *user)
{
	on_card(reading, user);
	print_card(reading, user);
}

/* Takes what stands on standard input; false: its end, or errno in *code. */
static bool read_input(int *code)
{
	const struct reader_protocol *protocol = ear.source->reader.protocol;
	ssize_t n = read(STDIN_FILENO, ear.bytes, sizeof(ear.bytes));

	if (n < 0 && errno != EINTR && errno != EAGAIN)
		*code = errno;
	if (n > 0) {
		on_bytes(ear.bytes, (size_t)n, now_ms(), !protocol->pending(&ear.decoder),
			 NULL);
		protocol->feed(&ear.decoder, ear.bytes, (size_t)n, now_ms(),
			       on_input_card, NULL);
	}
	explicit_bzero(ear.bytes, sizeof(ear.bytes));
	return n != 0 && *code == 0;
}

static enum command_exit listen_to_input(struct invocation *call)
{
	const struct reader_protocol *protocol = ear.source->reader.protocol;
	bool more = true;
	int code = 0;

	protocol->init(&ear.decoder, &ear.source->reader);
	while (more && ear.record_errno == 0) {
		if (wait_for(STDIN_FILENO, -1))
			more = read_input(&code);
		if (!more || is_due(ear.quiet_at_ms)) {
			protocol->idle(&ear.decoder, on_input_card, NULL);
			end_burst();
		}
	}
	protocol->reset(&ear.decoder);
	if (code == 0)
		return COMMAND_DONE;
	return command_failed(
		call, g_error_new(G_FILE_ERROR, (gint)g_file_error_from_errno(code),
				  "reading standard input: %s", g_strerror(code)));
}

static void print_state(const struct reader *reader, void *user)
{
	const char *why = reader_why(reader), *note = reader_note(reader);

	(void)user;
	say(*why != '\0' ? why : reader_state_name(reader_state_of(reader)));
	if (*note != '\0')
		say(note);
	if (reader_state_of(reader) == READER_ENABLED)
		ear.silent_at_ms = now_ms() + SILENCE_MS;
	else
		ear.silent_at_ms = -1;
}

static enum command_exit listen_to_device(void)
{
	const struct reader_sink sink = {.card = print_card, .state = print_state};
	struct reader *reader = &ear.reader;
	struct reader_options options = ear.source->reader;

	options.tap = &tap;
	reader_init(reader, &options);
	reader_enable(reader, &sink);
	reader_open(reader, now_ms(), &sink);
	while (reader_state_of(reader) != READER_ENDED && ear.record_errno == 0) {
		if (wait_for(reader_fd(reader), reader_deadline_ms(reader)))
			reader_on_readable(reader, now_ms(), &sink);
		else
			reader_on_time(reader, now_ms(), &sink);
		if (is_due(ear.quiet_at_ms))
			end_burst();
		if (is_due(ear.silent_at_ms))
			say_silent();
	}
	end_burst();
	reader_close(reader, &sink);
	return COMMAND_DONE;
}

static GError *record_error(int number, const char *next)
{
	return g_error_new(G_FILE_ERROR, (gint)g_file_error_from_errno(number),
			   "recording to %s: %s; %s", ear.source->record,
			   g_strerror(number), next);
}

/* Opens the recording and writes its first line.  A file with something in it is left alone: it
 * may be no recording. */
static bool open_record(GError **error)
{
	const struct reader_options *options = &ear.source->reader;
	g_autoptr(GDateTime) now = g_date_time_new_now_local();
	g_autofree char *time = g_date_time_format(now, "%Y-%m-%d %H:%M:%S");
	g_autofree char *head = g_strdup_printf("# tillask listen, protocol=%s, %s\n",
						options->protocol->name, time);
	struct stat about;

	ear.record = open(ear.source->record, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC,
			  0600);
	if (ear.record < 0 || fstat(ear.record, &about) != 0) {
		g_propagate_error(error, record_error(errno, "name another file"));
		return false;
	}
	if (about.st_size > 0) {
		g_propagate_error(error, record_error(EEXIST, "name another file"));
		return false;
	}
	write_record(head, strlen(head), NULL);
	return true;
}

enum command_exit listen_reader(struct invocation *call,
				const struct listen_source *source)
{
	enum command_exit exit;
	GError *error = NULL;

	ear.source = source;
	ear.quiet_at_ms = ear.silent_at_ms = -1;
	ear.record = -1;
	if (mlock(&ear, sizeof(ear)) != 0)
		g_debug("card buffers are not locked into memory"); /* a limit; not needed to work */
	if (source->record != NULL && !open_record(&error))
		return command_failed(call, error);
	line_hint_init(&ear.hint, &source->reader);
	recording_init(&ear.recording, source->reader.rules,
		       source->reader.protocol->name, write_record, NULL);
	if (strcmp(source->reader.device, "-") == 0)
		exit = listen_to_input(call);
	else
		exit = listen_to_device();
	if (ear.record_errno != 0)
		exit = command_failed(call,
				      record_error(ear.record_errno,
						   "make room, or name another file"));
	if (ear.record >= 0)
		close(ear.record);
	return exit;
}
