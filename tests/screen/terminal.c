/* Real pages on real terminals: this program starts itself on a pty, paints pages with tty.c, and
 * libvterm reads what came.
 *
 * The child's commands come as keys: `n` next scene, `p` a thousand pictures, `k` die of a
 * signal, `q` the end.  It tells the keys that it took on standard error.
 */
#include <glib.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <vterm.h>

#include "screen/tty.h"
#include "tests/lib/pages.h"
#include "tests/lib/term.h"

#define WAIT_MS 5000

static const char *self_path;

/* ---- the child --------------------------------------------------------------------------- */

static struct {
	struct pages *pages;
	struct tty *tty;
	struct canvas canvas;
	int scene, language;
	uint32_t waiting; /* pictures of `p`, told on the cashier's line */
	bool over;
} child;

static void show(void)
{
	struct page page = pages_scene_page(child.pages, &pages_scenes[child.scene],
					    child.language);
	int rows, cols;

	page.waiting += child.waiting;
	tty_size(child.tty, &rows, &cols);
	canvas_resize(&child.canvas, rows, cols);
	view_draw(&child.canvas, &page, &child.pages->context);
	tty_paint(child.tty, &child.canvas);
}

static void next(void)
{
	child.scene = (child.scene + 1) % pages_scenes_count;
	show();
}

static void take(void *self, enum key key, uint32_t character)
{
	char utf8[8] = "";

	(void)self;
	g_unichar_to_utf8(character, utf8);
	if (key == KEY_TEXT)
		fprintf(stderr, "%s ", utf8);
	else
		fprintf(stderr, "<%d> ", (int)key);
	if (key != KEY_TEXT)
		return;
	if (character == 'n')
		next();
	if (character == 'p') {
		int from = child.scene;

		for (int i = 0; i < 1000; i++) {
			child.waiting++;
			next();
		}
		child.scene = from; /* which shows how many wait */
		show();
		fputs("painted ", stderr);
	}
	if (character == 'k')
		raise(SIGSEGV);
	child.over = character == 'q';
}

static int64_t now_ms(void)
{
	return g_get_monotonic_time() / 1000;
}

static void turn(void)
{
	struct pollfd line = {tty_fd(child.tty), POLLIN, 0};
	int64_t deadline = tty_deadline_ms(child.tty);
	int wait = deadline == MOMENT_NEVER ? 1000 : (int)MAX(deadline - now_ms(), 0);

	if (tty_wants_write(child.tty))
		line.events |= POLLOUT;
	poll(&line, 1, wait);
	if ((line.revents & POLLOUT) != 0)
		tty_flush(child.tty);
	if ((line.revents & ~POLLOUT) != 0)
		child.over |= !tty_read(child.tty, now_ms(), take, NULL);
	else
		tty_time(child.tty, now_ms(), take, NULL);
}

static void on_resize(int number)
{
	(void)number;
}

/* As the kernel does for its consoles, and ssh and terminal windows for theirs. */
static void say_utf8(void)
{
	struct termios modes;

	tcgetattr(STDIN_FILENO, &modes);
	modes.c_iflag |= IUTF8;
	tcsetattr(STDIN_FILENO, TCSANOW, &modes);
}

static int run_child(const char *scene, const char *code)
{
	GError *error = NULL;
	struct sigaction action = {.sa_handler = on_resize};

	sigaction(SIGWINCH, &action, NULL);
	if (strcmp(setlocale(LC_ALL, ""), "C") == 0)
		say_utf8();
	child.pages = pages_new();
	child.scene = atoi(scene);
	child.language = pages_language(child.pages, code);
	child.tty = tty_open(STDIN_FILENO, &error);
	if (child.tty == NULL) {
		fprintf(stderr, "%s\n", error->message);
		return 1;
	}
	canvas_init(&child.canvas);
	child.canvas.ascii_only = tty_ascii_only(child.tty);
	show();
	while (!child.over) {
		turn();
		if (child.canvas.rows != 0) {
			int rows, cols;

			tty_size(child.tty, &rows, &cols);
			if (rows != child.canvas.rows || cols != child.canvas.cols)
				show();
		}
	}
	tty_close(child.tty);
	canvas_free(&child.canvas);
	pages_free(child.pages);
	return 0;
}

/* ---- the parent -------------------------------------------------------------------------- */

static struct pages *pages;

static struct term *start(const char *term, const char *lang, int scene, const char *code)
{
	g_autofree char *env_term = g_strconcat("TERM=", term, NULL);
	g_autofree char *env_lang = g_strconcat("LANG=", lang, NULL);
	g_autofree char *number = g_strdup_printf("%d", scene);
	const char *argv[] = {self_path, "--child", number, code, NULL};
	const char *env[] = {env_term, env_lang, NULL};

	return term_start(
		&(struct term_how){.argv = argv, .env = env, .rows = 24, .cols = 80});
}

static char *picture(int scene, const char *code, bool ascii)
{
	int language = pages_language(pages, code);
	struct page page = pages_scene_page(pages, &pages_scenes[scene], language);
	struct canvas canvas;
	char *dump;

	canvas_init(&canvas);
	canvas_resize(&canvas, 24, 80);
	canvas.ascii_only = ascii;
	view_draw(&canvas, &page, &pages->context);
	dump = canvas_dump(&canvas, false);
	canvas_free(&canvas);
	return dump;
}

static bool wait_picture(struct term *t, const char *expected)
{
	gint64 end = g_get_monotonic_time() + WAIT_MS * 1000;

	for (;;) {
		g_autofree char *screen = term_screen(t);

		if (strcmp(screen, expected) == 0)
			return true;
		if (g_get_monotonic_time() > end) {
			g_test_message("expected:\n%s\non the screen:\n%s", expected,
				       screen);
			return false;
		}
		term_read(t, 50);
	}
}

static void finish(struct term *t)
{
	term_send(t, "q");
	g_assert_cmpint(term_exit(t, WAIT_MS), ==, 0);
	term_free(t);
}

static void test_scenes(gconstpointer name)
{
	struct term *t = start(name, "C.UTF-8", 0, "ru");

	for (int scene = 0; scene < pages_scenes_count; scene++) {
		g_autofree char *expected = picture(scene, "ru", false);

		if (!wait_picture(t, expected)) {
			g_test_message("scene: %s", pages_scenes[scene].name);
			g_test_fail();
			break;
		}
		term_send(t, "n");
	}
	finish(t);
}

static int scene_of(const char *name)
{
	for (int i = 0; i < pages_scenes_count; i++)
		if (strcmp(pages_scenes[i].name, name) == 0)
			return i;
	g_error("no scene %s", name);
}

static void test_chinese(void)
{
	int scene = scene_of("nine choices, last seconds");
	struct term *t = start("xterm-256color", "C.UTF-8", scene, "zh");
	g_autofree char *expected = picture(scene, "zh", false);

	g_assert_true(wait_picture(t, expected));
	finish(t);
}

/* Marks are seen without colours: the field is in reverse video, and framed. */
static void test_mono(gconstpointer name)
{
	struct term *t = start(name, "C.UTF-8", scene_of("three choices, 2 marked"),
			       "en");
	int row, col;

	term_expect(t, ">2<", WAIT_MS);
	g_assert_true(term_marked(t, ">2<"));
	g_assert_false(term_marked(t, "[1]"));
	g_assert_true(term_find(t, "╔", &row, &col));
	finish(t);
}

static void test_keys(void)
{
	struct term *t = start("linux", "C.UTF-8", 0, "en");
	g_autofree char *errors = NULL;

	term_expect(t, "Welcome!", WAIT_MS);
	term_send(t, "7\033[[B\033[21~\003\032\034\023я\033[200~999\033[201~");
	term_settle(t, 100);
	term_send(t, "\033");
	term_settle(t, 100);
	term_send(t, "q");
	g_assert_cmpint(term_exit(t, WAIT_MS), ==, 0);
	errors = term_errors(t);
	g_assert_cmpstr(errors, ==, "7 <4> <6> я <3> q ");
	term_free(t);
}

static void test_touch_is_two_keys(void)
{
	struct term *t = start("xterm-256color", "C.UTF-8", scene_of("nps11, 10 marked"),
			       "en");
	g_autofree char *errors = NULL, *click = NULL;
	int row, col;

	term_expect(t, "╔", WAIT_MS);
	g_assert_true(term_find(t, "╔", &row, &col));
	click = g_strdup_printf("\033[<0;%d;%dM\033[<0;%d;%dm", col + 2, row + 2, col + 2,
				row + 2);
	term_send(t, click);
	term_send(t, "\033[<0;1;1M"); /* nothing there */
	term_send(t, "q");
	g_assert_cmpint(term_exit(t, WAIT_MS), ==, 0);
	errors = term_errors(t);
	g_assert_cmpstr(errors, ==, "1 0 q ");
	term_free(t);
}

static void test_resize(void)
{
	struct term *t = start("xterm-256color", "C.UTF-8", 3, "ru");

	term_expect(t, "Как вам сегодня", WAIT_MS);
	term_resize(t, 12, 40);
	term_expect(t, "└──1──┘", WAIT_MS);
	term_resize(t, 11, 40);
	term_expect(t, "Нужно 40 x 12", WAIT_MS);
	term_resize(t, 43, 132);
	term_expect(t, "Отвечать не обязательно", WAIT_MS);
	finish(t);
}

/* Nobody reads: the child paints on, and the last picture comes in the end. */
static void test_stopped(void)
{
	struct term *t = start("xterm-256color", "C.UTF-8", 0, "ru");
	g_autofree char *errors = NULL;

	term_expect(t, "Добро пожаловать", WAIT_MS);
	term_send(t, "ppp");
	for (int tenths = 0;
	     tenths < 600 && g_strcmp0(errors, "p painted p painted p painted ") != 0;
	     tenths++) {
		g_usleep(100 * 1000);
		g_free(errors);
		errors = term_errors(t);
	}
	g_assert_cmpstr(errors, ==, "p painted p painted p painted ");
	term_expect(t, "Ждут отправки: 3000", WAIT_MS);
	g_assert_cmpuint(term_bytes(t), <, 400 * 1000); /* of 3000 pictures of 1 kB */
	finish(t);
}

static void test_fatal(void)
{
	struct term *t = start("xterm-256color", "C.UTF-8", 0, "ru");

	term_expect(t, "Добро пожаловать", WAIT_MS);
	term_send(t, "k");
	g_assert_cmpint(term_exit(t, WAIT_MS), ==, 128 + SIGSEGV);
	term_expect_gone(t, "Добро пожаловать",
			 WAIT_MS); /* the alternate screen is left */
	term_free(t);
}

static void test_bad_term(void)
{
	static const char *const names[] = {"no-such-terminal", "dumb"};

	for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
		struct term *t = start(names[i], "C.UTF-8", 0, "ru");
		g_autofree char *errors = NULL;

		g_assert_cmpint(term_exit(t, WAIT_MS), ==, 1);
		errors = term_errors(t);
		g_assert_nonnull(strstr(errors, names[i]));
		g_assert_nonnull(strstr(errors, "set TERM"));
		term_free(t);
	}
}

/* No LANG, as a service manager starts it, on a terminal in UTF-8 mode. */
static void test_no_locale(void)
{
	struct term *t = start("linux", "C", scene_of("smiley"), "ru");

	term_expect(t, "Как вам сегодня", WAIT_MS);
	finish(t);
}

/* ---- Russian in KOI8-R: its bytes are read here ------------------------------------------- */

static void feed_koi8(VTerm *vterm, int fd, const char *until)
{
	VTermScreen *screen = vterm_obtain_screen(vterm);
	gint64 end = g_get_monotonic_time() + WAIT_MS * 1000;
	char bytes[4096];

	while (g_get_monotonic_time() < end) {
		struct pollfd line = {fd, POLLIN, 0};
		g_autofree char *utf8 = NULL;
		char text[80 * 24 * 4] = "";
		ssize_t n;
		gsize length;

		if (poll(&line, 1, 200) <= 0) {
			vterm_screen_get_text(screen, text, sizeof(text) - 1,
					      (VTermRect){0, 24, 0, 80});
			if (strstr(text, until) != NULL)
				return;
			continue;
		}
		n = read(fd, bytes, sizeof(bytes));
		if (n <= 0)
			return;
		utf8 = g_convert(bytes, n, "UTF-8", "KOI8-R", NULL, &length, NULL);
		g_assert_nonnull(utf8);
		vterm_input_write(vterm, utf8, length);
	}
}

static void screen_rows(VTerm *vterm, GString *out)
{
	for (int row = 0; row < 24; row++) {
		char text[80 * 4 + 1] = "";
		size_t n = vterm_screen_get_text(vterm_obtain_screen(vterm), text,
						 sizeof(text) - 1,
						 (VTermRect){row, row + 1, 0, 80});

		text[n] = '\0';
		g_string_append_printf(out, "%s\n", g_strchomp(text));
	}
}

static void test_koi8(void)
{
	const struct winsize size = {.ws_row = 24, .ws_col = 80};
	g_autofree char *folder = g_dir_make_tmp("tillask-locale-XXXXXX", NULL);
	g_autofree char *make =
		g_strdup_printf("localedef -i ru_RU -f KOI8-R %s/ru_RU.KOI8-R", folder);
	int scene = scene_of("smiley");
	g_autofree char *expected = picture(scene, "ru", true), *remove = NULL;
	g_autofree char *number = g_strdup_printf("%d", scene);
	g_autoptr(GString) got = g_string_new(NULL);
	VTerm *vterm = vterm_new(24, 80);
	int fd, status;
	pid_t pid;

	g_assert_cmpint(system(make), ==, 0);
	pid = forkpty(&fd, NULL, NULL, &size);
	if (pid == 0) {
		setenv("TERM", "vt220", 1);
		setenv("LOCPATH", folder, 1);
		setenv("LC_ALL", "ru_RU.KOI8-R", 1);
		execl(self_path, self_path, "--child", number, "ru", NULL);
		_exit(127);
	}
	vterm_set_utf8(vterm, 1);
	vterm_screen_reset(vterm_obtain_screen(vterm), 1);
	feed_koi8(vterm, fd, "отлично");
	screen_rows(vterm, got);
	g_assert_cmpstr(got->str, ==, expected);
	g_assert_cmpint(write(fd, "q", 1), ==, 1);
	while (read(fd, &status, 1) > 0)
		;
	waitpid(pid, &status, 0);
	g_assert_cmpint(status, ==, 0);
	vterm_free(vterm);
	close(fd);
	remove = g_strdup_printf("rm -r %s", folder);
	g_assert_cmpint(system(remove), ==, 0);
}

int main(int argc, char **argv)
{
	static const char *const terms[] = {"linux", "xterm-256color", "screen", "vt220",
					    "xterm-mono"};
	int result;

	if (argc == 4 && strcmp(argv[1], "--child") == 0)
		return run_child(argv[2], argv[3]);
	self_path = argv[0];
	setlocale(LC_ALL, "C.UTF-8");
	g_test_init(&argc, &argv, NULL);
	pages = pages_new();
	for (gsize i = 0; i < G_N_ELEMENTS(terms); i++) {
		g_autofree char *name = g_strconcat("/terminal/scenes/", terms[i], NULL);

		g_test_add_data_func(name, terms[i], test_scenes);
	}
	g_test_add_func("/terminal/chinese", test_chinese);
	g_test_add_data_func("/terminal/mono/vt220", "vt220", test_mono);
	g_test_add_data_func("/terminal/mono/xterm-mono", "xterm-mono", test_mono);
	g_test_add_func("/terminal/keys", test_keys);
	g_test_add_func("/terminal/touch", test_touch_is_two_keys);
	g_test_add_func("/terminal/resize", test_resize);
	g_test_add_func("/terminal/stopped", test_stopped);
	g_test_add_func("/terminal/fatal", test_fatal);
	g_test_add_func("/terminal/bad-term", test_bad_term);
	g_test_add_func("/terminal/no-locale", test_no_locale);
	g_test_add_func("/terminal/koi8-r", test_koi8);
	result = g_test_run();
	pages_free(pages);
	return result;
}
