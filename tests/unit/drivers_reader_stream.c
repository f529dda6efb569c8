/* Devices that send without a pause, or faster than a line: read at a bounded rate, told in
 * words, and well again when they are quiet. */
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib.h>
#include <glib/gstdio.h>

#include "tests/unit/drivers_reader_counter.h"

/* Fills FIFO again and again for MS milliseconds, until the reader takes no more for now;
 * returns how many bytes were taken. */
static size_t flood(struct counter *counter, int fifo, const char *frame, int64_t ms)
{
	const int64_t end = counter->now_ms + ms;
	const size_t n = strlen(frame), all = 400 * n;
	g_autoptr(GString) frames = g_string_new(NULL);
	size_t taken = 0;

	while (frames->len < all)
		g_string_append(frames, frame);
	for (; counter->now_ms < end; pass(counter, 50)) {
		while (reader_fd(&counter->reader) >= 0) {
			size_t at = taken % all;
			ssize_t written = write(fifo, frames->str + at, all - at);

			taken += (size_t)MAX(written, 0);
			reader_on_readable(&counter->reader, counter->now_ms,
					   &counter->sink);
		}
	}
	return taken;
}

/* A device faster than any line: it is read at a bounded rate, told in words, its errors are
 * not told any more, and what it tells besides only now and then; when it is quiet, all is well
 * again. */
static void test_faster_than_its_line(void)
{
	const size_t most = 2 * READER_BURST_BYTES + 10 * 1000 * READER_BYTES_PER_MS;
	g_autofree char *folder = g_dir_make_tmp("tillask-fifo-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(folder, "line", NULL);
	struct counter counter;
	int told, fifo;

	g_assert_cmpint(mkfifo(path, 0600), ==, 0);
	counter_init(&counter, path, false);
	start(&counter);
	fifo = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC);
	g_assert_cmpuint(flood(&counter, fifo, ";E?\r\x03", 10000), <=, most);
	g_assert_true(reader_streams(&counter.reader));
	g_assert_nonnull(strstr(reader_why(&counter.reader), "faster than any serial"));
	g_assert_cmpint(counter.cards, <=, 4 * READER_ERRORS_PER_SECOND);
	g_assert_cmpint(counter.cards, >=, 3 * READER_ERRORS_PER_SECOND);
	for (int i = 0; i < 20; i++) { /* what waited in the pty, and then nothing */
		pump(&counter);
		pass(&counter, 250);
	}
	g_assert_false(reader_streams(&counter.reader));
	g_assert_cmpstr(reader_why(&counter.reader), ==, "");
	g_string_truncate(counter.log, 0);
	g_assert_cmpint(write(fifo, ";9643001?\x03", 10), ==, 10);
	pump(&counter);
	expect(&counter, "card 9643001;");

	flood(&counter, fifo, ";9643001?\x03", 10000);
	g_assert_true(reader_streams(&counter.reader));
	told = counter.cards;
	flood(&counter, fifo, ";9643001?\x03", 20000);
	g_assert_cmpint(counter.cards - told, <=, 21);
	g_assert_cmpint(counter.cards - told, >=, 15);
	close(fifo);
	unlink(path);
	rmdir(folder);
	counter_clear(&counter);
}

/* A stuck line at its own speed: 960 bytes a second that never pause. */
static void test_stuck_line(void)
{
	struct counter counter;

	counter_init(&counter, NULL, false);
	start(&counter);
	for (int i = 0; i < 100; i++) {
		for (int n = 0; n < 96; n++)
			say(&counter, ";");
		pump(&counter);
		pass(&counter, 100);
	}
	g_assert_true(reader_streams(&counter.reader));
	g_assert_nonnull(strstr(reader_why(&counter.reader), "without a pause; unplug"));
	g_assert_cmpint(counter.cards, <=, 4 * READER_ERRORS_PER_SECOND);
	expect(&counter, counter.log->str);
	reader_disable(&counter.reader, &counter.sink); /* the manager's page, and back */
	reader_enable(&counter.reader, &counter.sink);
	expect(&counter, "claimed;enabled;");
	g_assert_nonnull(strstr(reader_why(&counter.reader), "without a pause; unplug"));
	pass(&counter, READER_STREAM_QUIET_MS);
	expect(&counter, "enabled;");
	g_assert_false(reader_streams(&counter.reader));
	expect_card(&counter);
	counter_clear(&counter);
}

/* A tag that lies on its reader for long, at the edge of its field, is nobody's fault. */
static void test_lying_tag(void)
{
	struct counter counter;

	counter_init(&counter, NULL, false);
	reader_init(&counter.reader, &(struct reader_options){
					     .protocol = reader_protocol_find("rfid"),
					     .rules = &counter.rules,
					     .device = counter.device.link,
				     });
	start(&counter);
	for (int i = 0; i < 600 * 15; i++) {
		say(&counter, i % 150 == 0 ? "\x02"
					     "0C000621A58F\x03"
					   : "\x02"
					     "0C000621A58E\x03");
		for (int piece = 0; piece < 14; piece += READER_READ_MAX)
			reader_on_readable(&counter.reader, counter.now_ms,
					   &counter.sink);
		pass(&counter, 65);
		g_assert_false(reader_streams(&counter.reader));
	}
	counter_clear(&counter);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/reader/faster_than_its_line", test_faster_than_its_line);
	g_test_add_func("/reader/stuck_line", test_stuck_line);
	g_test_add_func("/reader/lying_tag", test_lying_tag);
	return g_test_run();
}
