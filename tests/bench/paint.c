#include "tests/bench/paint.h"

#include <curses.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROWS_MAX 1000

static char *row[ROWS_MAX];
static int rows, first; /* of the page that is painted */

static void paint(void)
{
	erase();
	for (int i = 0; i < LINES; i++)
		mvaddstr(i, 0, row[first + i]);
	refresh();
}

void paint_begin(const char *file)
{
	FILE *in = fopen(file, "r");
	size_t size = 0;

	if (in == NULL)
		exit(1);
	while (rows < ROWS_MAX && getline(&row[rows], &size, in) >= 0) {
		row[rows][strcspn(row[rows], "\n")] = '\0';
		rows++;
		size = 0;
	}
	fclose(in);
	setlocale(LC_ALL, "");
	initscr();
	raw();
	noecho();
	curs_set(0);
	paint();
}

bool paint_key(void)
{
	return getch() != ERR;
}

static void turn(void)
{
	first = first + 2 * LINES <= rows ? first + LINES : 0;
}

void paint_next(void)
{
	turn();
	paint();
}

void paint_next_with(const char *digits)
{
	turn();
	for (int i = first; i < first + LINES; i++) {
		char *star = strrchr(row[i], '*');

		if (star != NULL && strspn(star + 1, "0123456789") == 4)
			memcpy(star + 1, digits, 4);
	}
	paint();
}
