/* floor_page: a bare ncurses page.
 *
 *     floor_page PICTURES                  a key paints the next page
 *     floor_page PICTURES DEVICE           a swipe too, with the card's last digits: at ETX, else
 *                                          when DEVICE was idle for 300 ms
 */
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "tests/bench/paint.h"

#define IDLE_MS 300
#define ETX     3

static int open_device(const char *path)
{
	int fd = open(path, O_RDWR | O_NOCTTY);
	struct termios line;

	tcgetattr(fd, &line);
	cfmakeraw(&line);
	tcsetattr(fd, TCSANOW, &line);
	return fd;
}

/* One swipe: until ETX, or until nothing came for IDLE_MS. */
static void read_swipe(int fd, char swipe[512])
{
	struct pollfd p = {.fd = fd, .events = POLLIN};
	size_t n = 0;

	do {
		ssize_t got = read(fd, swipe + n, 511 - n);

		if (got > 0)
			n += (size_t)got;
		swipe[n] = '\0';
	} while (n > 0 && swipe[n - 1] != ETX && poll(&p, 1, IDLE_MS) > 0);
}

static void serve_both(int device)
{
	struct pollfd p[] = {{STDIN_FILENO, POLLIN, 0}, {device, POLLIN, 0}};
	char swipe[512];

	while (poll(p, 2, -1) > 0) {
		if ((p[0].revents != 0) && !paint_key())
			return;
		if (p[0].revents != 0)
			paint_next();
		if (p[1].revents == 0)
			continue;
		read_swipe(device, swipe);
		paint_next_with(strchr(swipe, '=') - 4);
	}
}

int main(int argc, char **argv)
{
	paint_begin(argv[1]);
	if (argc > 2)
		serve_both(open_device(argv[2]));
	else
		while (paint_key())
			paint_next();
	return 0;
}
