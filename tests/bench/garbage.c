/* A key -> the next question painted while every port streams garbage.
 *
 * As many readers as there may be, of all protocols, and the till's display line; each gets
 * random bytes, half of them of the kind that frames are made of.  Once as fast as the fastest
 * line brings them (115,200 Bd), and once as fast as FIFOs take them.  Equal: the floor is
 * measured while the same bytes stream into the product beside it, and are read there.  The
 * display gets no digits: a line of goods would be a sale.
 */
#include <fcntl.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/rows.h"
#include "tests/bench/bench.h"
#include "tests/bench/beside.h"
#include "tests/bench/round.h"

#define READERS      (READERS_MAX - 1) /* and the shop's own */
#define LINE_BYTES_S 11520
#define STEP_MS      5
#define GARBAGE      65536

static const char *const protocols[] = {"magstripe", "rfid", "barcode", "uid"};

struct noise {
	struct shop shop;
	char *folder, *readers[READERS], *till;
	struct side ours, page;
	char *pictures;
	bool paced;
};

static char *fifo(struct noise *n, const char *name)
{
	char *path = g_build_filename(n->folder, name, NULL);

	g_assert_cmpint(mkfifo(path, 0600), ==, 0);
	return path;
}

static char *make_groups(struct noise *n)
{
	GString *groups = g_string_new(NULL);

	for (int i = 0; i < READERS; i++) {
		g_autofree char *name = g_strdup_printf("r%d", i);

		n->readers[i] = fifo(n, name);
		g_string_append_printf(groups,
				       "[reader %s]\ndevice=%s\nprotocol=%s\n"
				       "prefix=964300\n",
				       name, n->readers[i],
				       protocols[i % (int)G_N_ELEMENTS(protocols)]);
	}
	n->till = fifo(n, "till");
	g_string_append_printf(groups, "[till]\ndevice=%s\nprotocol=escpos\n", n->till);
	return g_string_free(groups, FALSE);
}

static void make_garbage(char garbage[GARBAGE], bool digits)
{
	static const char frames[] = "%;?+=^\r\n\x02\x03\x0d"
				     "0123456780ABCDEF";

	for (int i = 0; i < GARBAGE; i++) {
		int c = g_random_int_range(0, 2) == 0
				? g_random_int_range(0, 256)
				: frames[g_random_int_range(0, sizeof(frames) - 1)];

		garbage[i] = (char)(!digits && g_ascii_isdigit(c) ? 'a' : c);
	}
}

static int open_line(const char *path)
{
	int fd = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC);

	g_assert_cmpint(fd, >=, 0);
	return fd;
}

/* A process that writes to all of them until it is stopped.  A line that takes no more is not
 * waited for: a device does not wait either. */
static pid_t stream(const struct noise *n)
{
	static char garbage[GARBAGE], words[GARBAGE];
	const int piece = n->paced ? LINE_BYTES_S * STEP_MS / 1000 : 4096;
	int fd[READERS + 2];
	pid_t pid = fork();

	if (pid != 0)
		return pid;
	setpgid(0, 0);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	make_garbage(garbage, true);
	make_garbage(words, false);
	for (int i = 0; i < READERS; i++)
		fd[i] = open_line(n->readers[i]);
	fd[READERS] = n->shop.device.master;
	fd[READERS + 1] = open_line(n->till);
	for (int at = 0;; at = (at + piece) % (GARBAGE - piece)) {
		for (int i = 0; i < READERS + 2; i++)
			if (write(fd[i], (i > READERS ? words : garbage) + at,
				  (size_t)piece) < 0)
				continue;
		g_usleep(n->paced ? STEP_MS * 1000 : 200);
	}
}

static void open_noise(struct noise *n, const struct bench *bench)
{
	g_autofree char *groups = NULL;

	n->folder = g_dir_make_tmp("noise-XXXXXX", NULL);
	groups = make_groups(n);
	side_shop(&n->shop, bench, groups);
	n->ours.shop = &n->shop;
	n->ours.term = shop_run(&n->shop);
	side_take_pictures(&n->ours);
	n->pictures = side_write_pictures(&n->ours);
	n->page.term = side_floor(bench, "floor_page", n->pictures, NULL);
	term_expect(n->page.term, SHOP_FIRST, 5000);
	side_copy_pictures(&n->page, &n->ours);
	for (int i = 0; i < SIDE_QUESTIONS; i++)
		side_answer(&n->page, i);
}

static void close_noise(struct noise *n)
{
	shop_stop(n->ours.term);
	term_free(n->page.term);
	side_clear(&n->ours);
	side_clear(&n->page);
	shop_close(&n->shop);
	for (int i = 0; i < READERS; i++) {
		g_unlink(n->readers[i]);
		g_free(n->readers[i]);
	}
	g_unlink(n->till);
	g_rmdir(n->folder);
	g_free(n->till);
	g_free(n->folder);
	g_free(n->pictures);
}

static void beside(const struct bench *bench, struct noise *n, bool paced,
		   const char *what)
{
	pid_t pid;

	n->paced = paced;
	pid = stream(n);
	round_of(&n->ours, ROUND_WARM_UPS, NULL);
	round_of(&n->page, ROUND_WARM_UPS, NULL);
	round_beside(bench, &n->ours, &n->page, what);
	beside_stop(pid);
}

void bench_garbage(const struct bench *bench)
{
	static struct noise n;

	open_noise(&n, bench);
	beside(bench, &n, true, "9 lines of garbage");
	beside(bench, &n, false, "9 flooded FIFOs");
	close_noise(&n);
}
