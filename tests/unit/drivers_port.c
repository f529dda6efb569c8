/* Ports: ptys, FIFOs, sockets, recordings, the demo, and the real code for serial ports on
 * a pty that looks like one (tests/lib/preload/pty_shim.c). */
#include "tests/lib/preload/pty_shim.c"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <termios.h>

#include <glib.h>
#include <glib/gstdio.h>

#include "drivers/demo.h"
#include "drivers/port.h"
#include "tests/lib/fake_device.h"

#define SHIM_NAME "/dev/ttyTEST0"

static struct port_options options(const char *frame)
{
	struct port_options out = {.baud = 9600, .dtr = true, .rts = true};

	g_assert_true(port_frame_parse(frame, &out.frame));
	return out;
}

static struct port *open_port(const char *device)
{
	struct port_options usual = options("8N1");
	g_autoptr(GError) error = NULL;
	struct port *port = port_open(device, &usual, &error);

	g_assert_no_error(error);
	g_assert_nonnull(port);
	g_assert_true(fcntl(port_fd(port), F_GETFD) & FD_CLOEXEC);
	return port;
}

static void open_fails(const char *device, const char *frame, enum port_error code,
		       const char *words)
{
	struct port_options asked = options(frame);
	g_autoptr(GError) error = NULL;

	g_assert_null(port_open(device, &asked, &error));
	g_assert_error(error, PORT_ERROR, (int)code);
	g_test_message("%s", error->message);
	g_assert_nonnull(strstr(error->message, words));
}

/* True: readable or hung up within ms. */
static bool wait_port(const struct port *port, int ms)
{
	struct pollfd p = {.fd = port_fd(port), .events = POLLIN};

	return poll(&p, 1, ms) > 0;
}

static void expect_bytes(struct port *port, const void *bytes, size_t n)
{
	unsigned char got[1024];
	size_t all = 0;

	g_assert_cmpuint(n, <=, sizeof(got));
	while (all < n) {
		size_t some;

		g_assert_true(wait_port(port, 2000));
		g_assert_cmpint(port_read(port, got + all, n - all, &some), ==,
				PORT_DATA);
		all += some;
	}
	g_assert_true(memcmp(bytes, got, n) == 0);
}

static void expect_read(struct port *port, enum port_read what)
{
	char byte;
	size_t got;

	g_assert_cmpint(port_read(port, &byte, 1, &got), ==, what);
	g_assert_cmpuint(got, ==, what == PORT_DATA);
}

/* What port_note() says after opening; "": nothing. */
static void expect_note(const char *device, const char *frame, const char *words)
{
	struct port_options asked = options(frame);
	struct port *port = port_open(device, &asked, NULL);

	g_assert_nonnull(port);
	g_test_message("%s: %s", frame, port_note(port));
	if (*words)
		g_assert_nonnull(strstr(port_note(port), words));
	else
		g_assert_cmpstr(port_note(port), ==, "");
	port_close(port);
}

static void test_frame(void)
{
	struct port_frame frame;

	g_assert_true(port_frame_parse("7e2", &frame));
	g_assert_cmpint(frame.bits, ==, 7);
	g_assert_cmpint(frame.parity, ==, 'E');
	g_assert_cmpint(frame.stop, ==, 2);
	for (const char *const *bad =
		     (const char *const[]){"", "8N", "8N11", "9N1", "4N1", "8X1", "8N3",
					   "8N0", NULL};
	     *bad; bad++)
		g_assert_false(port_frame_parse(*bad, &frame));
}

/* What every terminal must do, through the plain and through the serial code: all byte
 * values as they are, no echo, exclusive, dropped, lost. */
static void check_terminal(struct fake_device *device, const char *name)
{
	struct port *port = open_port(name);
	unsigned char all[256];
	char echo;

	for (int i = 0; i < 256; i++)
		all[i] = (unsigned char)i;
	expect_read(port, PORT_QUIET);
	fake_device_send(device, all, sizeof(all));
	expect_bytes(port, all, sizeof(all));
	expect_read(port, PORT_QUIET);
	g_assert_cmpint(read(device->master, &echo, 1), <, 0);

	open_fails(name, "8N1", PORT_ERROR_BUSY, "another program uses it");
	fake_device_send(device, "stale", 5);
	g_assert_true(wait_port(port, 1000));
	port_drop(port);
	expect_read(port, PORT_QUIET);

	port_close(port);
	port = open_port(name);
	fake_device_send(device, "again", 5);
	expect_bytes(port, "again", 5);

	fake_device_unplug(device);
	g_assert_true(wait_port(port, 1000));
	expect_read(port, PORT_LOST);
	expect_read(port, PORT_LOST);
	port_close(port);
	open_fails(name, "8N1", PORT_ERROR_ABSENT, "there is no such device");
	fake_device_plug(device);
	port = open_port(name);
	fake_device_send(device, "replugged", 9);
	expect_bytes(port, "replugged", 9);
	port_close(port);
}

static void test_pty(void)
{
	struct fake_device device;
	struct port_options seven = options("7E1");
	struct port *port;

	fake_device_init(&device);
	fake_device_plug(&device);
	check_terminal(&device, device.link);
	port = port_open(device.link, &seven, NULL);
	fake_device_send(&device, ";\xb1\xb2?", 4);
	expect_bytes(port, ";12?", 4);
	g_assert_nonnull(strstr(port_note(port), "bit 7 is taken off"));
	port_close(port);
	for (int i = 0; i < 2; i++) /* nothing else changes the second time */
		expect_note(device.link, "7E1", "bit 7 is taken off");
	expect_note(device.link, "8E1", "no parity and stop bits");
	expect_note(device.link, "8N2", "");
	expect_note(device.link, "8N1", "");
	fake_device_clear(&device);
}

static void test_serial(void)
{
	struct fake_device device;
	g_autofree char *map = NULL;
	struct port_options down = options("8N2");
	struct port *port;
	struct termios settings;
	int lines;

	fake_device_init(&device);
	map = g_strdup_printf("%s=%s", SHIM_NAME, device.link);
	g_setenv("TILLASK_PTY_SHIM", map, TRUE);
	fake_device_plug(&device);
	check_terminal(&device, SHIM_NAME);

	port = open_port(SHIM_NAME);
	g_assert_cmpint(ioctl(port_fd(port), TIOCMGET, &lines), ==, 0);
	g_assert_cmpint(lines & (TIOCM_DTR | TIOCM_RTS), ==, TIOCM_DTR | TIOCM_RTS);
	port_close(port);

	down.dtr = down.rts = false;
	down.baud = 19200;
	port = port_open(SHIM_NAME, &down, NULL);
	g_assert_nonnull(port);
	g_assert_cmpint(ioctl(port_fd(port), TIOCMGET, &lines), ==, 0);
	g_assert_cmpint(lines & (TIOCM_DTR | TIOCM_RTS), ==, 0);
	g_assert_cmpint(tcgetattr(port_fd(port), &settings), ==, 0);
	g_assert_cmpuint(cfgetispeed(&settings), ==, B19200);
	g_assert_true(settings.c_cflag & CSTOPB);
	port_close(port);

	/* A pty takes 7E1 without a word and stays at 8N1: reading back tells. */
	open_fails(SHIM_NAME, "7E1", PORT_ERROR_UNUSABLE, "does not take these settings");
	expect_note(SHIM_NAME, "8N1", "");

	/* An adapter without modem lines works, and says what it lacks. */
	g_setenv("TILLASK_PTY_SHIM_LINES", "down", TRUE);
	expect_note(SHIM_NAME, "8N1", "DTR and RTS are not as");
	down.rts = true;
	port = port_open(SHIM_NAME, &down, NULL);
	g_assert_true(g_str_has_prefix(port_note(port), "RTS is not as"));
	port_close(port);
	down.rts = false;
	port = port_open(SHIM_NAME, &down, NULL);
	g_assert_cmpstr(port_note(port), ==, "");
	port_close(port);
	g_unsetenv("TILLASK_PTY_SHIM_LINES");
	port = open_port(SHIM_NAME);
	port_close(port);
	g_unsetenv("TILLASK_PTY_SHIM");
	fake_device_clear(&device);
}

/* Writers come and go; the port neither ends nor spins. */
static void test_fifo(void)
{
	g_autofree char *folder = g_dir_make_tmp("tillask-fifo-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(folder, "fifo", NULL);
	struct port *port;

	g_assert_cmpint(mkfifo(path, 0600), ==, 0);
	port = open_port(path);
	for (int i = 0; i < 3; i++) {
		int writer = open(path, O_WRONLY | O_CLOEXEC);

		g_assert_cmpint(write(writer, ";1234?", 6), ==, 6);
		close(writer);
		expect_bytes(port, ";1234?", 6);
		g_assert_false(wait_port(port, 20));
		expect_read(port, PORT_QUIET);
	}
	open_fails(path, "8N1", PORT_ERROR_BUSY, "another program uses it");
	port_close(port);
	expect_note(path, "8N1", "");
	expect_note(path, "7E1", "bytes are taken as they come");
	g_unlink(path);
	g_rmdir(folder);
}

static void test_socket(void)
{
	g_autofree char *folder = g_dir_make_tmp("tillask-socket-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(folder, "socket", NULL);
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), peer;
	struct port *port;

	g_strlcpy(address.sun_path, path, sizeof(address.sun_path));
	g_assert_cmpint(bind(listener, (struct sockaddr *)&address, sizeof(address)), ==,
			0);
	open_fails(path, "8N1", PORT_ERROR_ABSENT, "nobody listens");
	g_assert_cmpint(listen(listener, 1), ==, 0);
	port = open_port(path);
	peer = accept(listener, NULL, NULL);
	g_assert_cmpint(write(peer, "abc", 3), ==, 3);
	expect_bytes(port, "abc", 3);
	expect_read(port, PORT_QUIET);
	close(peer);
	g_assert_true(wait_port(port, 1000));
	expect_read(port, PORT_LOST);
	port_close(port);
	close(listener);
	g_unlink(path);
	g_rmdir(folder);
}

static void test_unusable(void)
{
	g_autofree char *folder = g_dir_make_tmp("tillask-file-XXXXXX", NULL);
	g_autofree char *file = g_build_filename(folder, "file", NULL);
	g_autofree char *circle = g_build_filename(folder, "circle", NULL);

	g_assert_true(g_file_set_contents(file, "x", 1, NULL));
	open_fails(file, "8N1", PORT_ERROR_UNUSABLE, "device=replay:FILE");
	open_fails(folder, "8N1", PORT_ERROR_UNUSABLE, "it is no device");
	g_assert_cmpint(symlink(circle, circle), ==, 0);
	open_fails(circle, "8N1", PORT_ERROR_UNUSABLE, "in a circle");
	g_unlink(circle);
	open_fails(circle, "8N1", PORT_ERROR_ABSENT, circle);
	g_unlink(file);
	g_rmdir(folder);
}

static const struct {
	const char *text, *words;
} bad_recordings[] = {
	{"+0 3b\n0 3b\n", ":2: a line begins with"},
	{"+ 3b\n", ":1: a line begins with"},
	{"# ok\n\n+0 3\n", ":3: neither a pair of hex digits"},
	{"+0 3b zz\n", ":1: neither a pair"},
	{"+0 \"abc\n", ":1: a text without its closing"},
	{"+12x 3b\n", ":1: the time"},
	{"+86400001 3b\n", ":1: the time"},
};

/* The time until the last of the 60 ms recording is played at a speed, in ms. */
static gint64 play_at(const char *device, const char *speed)
{
	g_autofree char *name = g_strconcat(device, speed, NULL);
	struct port *port = open_port(name);
	gint64 began = g_get_monotonic_time();
	char bytes[16];

	for (size_t all = 0, some; all < 11; all += some) {
		g_assert_true(wait_port(port, 2000));
		port_read(port, bytes, sizeof(bytes), &some);
	}
	port_close(port);
	return (g_get_monotonic_time() - began) / 1000;
}

/* replay:FILE@SPEED, and a file whose name ends like that. */
static void check_speed(const char *file, const char *device)
{
	g_autofree char *odd = g_strconcat(file, "@10", NULL);
	static const char *const none[] = {"@",     "@0",   "@-1", "@x",
					   "@1001", "@10x", "@ 1"};

	g_assert_cmpint(play_at(device, "@0.5"), >=, 115);
	g_assert_cmpint(play_at(device, "@1000"), <, 50);
	g_assert_cmpint(play_at(device, "@1"), >=, 55);
	for (size_t i = 0; i < G_N_ELEMENTS(none); i++) {
		g_autofree char *name = g_strconcat(device, none[i], NULL);

		open_fails(name, "8N1", PORT_ERROR_UNUSABLE,
			   "correct device=replay:FILE");
	}
	g_assert_true(g_file_set_contents(odd, "+0 \"odd\"", -1, NULL));
	{
		g_autofree char *name = g_strconcat(device, "@10", NULL);
		struct port *port = open_port(name);

		expect_bytes(port, "odd", 3);
		port_close(port);
	}
	g_unlink(odd);
}

static void test_replay(void)
{
	static const char recording[] = "# two pieces\r\n"
					"+0 02 1b\"%E?\" 0D0a\r\n"
					"\n"
					"+60 \"late\"\n"
					"+0";
	g_autofree char *folder = g_dir_make_tmp("tillask-replay-XXXXXX", NULL);
	g_autofree char *file = g_build_filename(folder, "recording", NULL);
	g_autofree char *device = g_strconcat("replay:", file, NULL);
	struct port *port;
	gint64 began;

	g_assert_true(g_file_set_contents(file, recording, -1, NULL));
	port = open_port(device);
	began = g_get_monotonic_time();
	port_drop(port);
	expect_bytes(port, "\x02\x1b%E?\r\n", 7);
	expect_read(port, PORT_QUIET);
	expect_bytes(port, "late", 4);
	g_assert_cmpint(g_get_monotonic_time() - began, >=, 55 * 1000);
	g_assert_true(wait_port(port, 1000));
	expect_read(port, PORT_ENDED);
	port_close(port);

	port = open_port(device);
	expect_bytes(port, "\x02\x1b%E?", 5);
	g_usleep(70 * 1000);
	port_drop(port);
	expect_read(port, PORT_ENDED);
	port_close(port);
	check_speed(file, device);

	for (size_t i = 0; i < G_N_ELEMENTS(bad_recordings); i++) {
		g_assert_true(
			g_file_set_contents(file, bad_recordings[i].text, -1, NULL));
		open_fails(device, "8N1", PORT_ERROR_UNUSABLE, bad_recordings[i].words);
	}
	g_assert_true(g_file_set_contents(file, "", 0, NULL));
	port = open_port(device);
	expect_read(port, PORT_ENDED);
	port_close(port);
	g_unlink(file);
	open_fails(device, "8N1", PORT_ERROR_UNUSABLE, "correct device=replay:FILE");
	g_rmdir(folder);
}

static void test_demo(void)
{
	struct port *port = open_port("demo");

	for (size_t i = 0; i <= demo_swipes_n; i++) {
		const struct demo_swipe *swipe = &demo_swipes[i % demo_swipes_n];

		expect_read(port, PORT_QUIET);
		g_assert_cmpstr(port_demo_swipe(port), ==, swipe->name);
		expect_bytes(port, swipe->bytes, strlen(swipe->bytes));
	}
	port_close(port);
	port_close(NULL);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/port/frame", test_frame);
	g_test_add_func("/port/pty", test_pty);
	g_test_add_func("/port/serial", test_serial);
	g_test_add_func("/port/fifo", test_fifo);
	g_test_add_func("/port/socket", test_socket);
	g_test_add_func("/port/unusable", test_unusable);
	g_test_add_func("/port/replay", test_replay);
	g_test_add_func("/port/demo", test_demo);
	return g_test_run();
}
