/* floor_page: a bare ncurses page.
 *
 *     floor_page PICTURES                  a key paints the next page
 *     floor_page PICTURES DEVICE           a swipe paints its page again with the card's last
 *                                          digits: at ETX, else when DEVICE was idle for 300 ms
 */
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "tests/bench/paint.h"

#define IDLE_MS 300
#define ETX	3

static int open_device(const char *path)
{
	int fd = open(path, O_RDWR | O_NOCTTY);
	struct termios line;

	tcgetattr(fd, &line);
	cfmakeraw(&line);
	tcsetattr(fd, TCSANOW, &line);
	return fd;
}

static void read_swipes(int fd)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};
	char swipe[512];
	size_t n = 0;

	for (;;) {
		int ready = poll(&p, 1, n > 0 ? IDLE_MS : -1);

		if (ready > 0) {
			ssize_t got = read(fd, swipe + n, sizeof(swipe) - 1 - n);

			if (got <= 0)
				return;
			n += (size_t)got;
		}
		swipe[n] = '\0';
		if (ready == 0 || swipe[n - 1] == ETX) {
			const char *end = strchr(swipe, '=');

			if (end != NULL)
				paint_number(end - 4);
			n = 0;
		}
	}
}

int main(int argc, char **argv)
{
	paint_begin(argv[1]);
	if (argc > 2)
		read_swipes(open_device(argv[2]));
	else
		while (paint_key())
			paint_next();
	return 0;
}
