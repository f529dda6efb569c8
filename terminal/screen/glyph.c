#include "screen/glyph.h"

#include <glib.h>
#include <string.h>

#define DOTS_MAX 12

struct glyph {
	const char *row[DOTS_MAX]; /* '#' is a dot; NULL after the last */
};

/* clang-format off */
static const struct glyph digits[10] = {
	{{"###",
	  "#.#",
	  "#.#",
	  "#.#",
	  "###"}},
	{{"##",
	  ".#",
	  ".#",
	  ".#",
	  ".#"}},
	{{"###",
	  "..#",
	  "###",
	  "#..",
	  "###"}},
	{{"###",
	  "..#",
	  "###",
	  "..#",
	  "###"}},
	{{"#.#",
	  "#.#",
	  "###",
	  "..#",
	  "..#"}},
	{{"###",
	  "#..",
	  "###",
	  "..#",
	  "###"}},
	{{"###",
	  "#..",
	  "###",
	  "#.#",
	  "###"}},
	{{"###",
	  "..#",
	  "..#",
	  "..#",
	  "..#"}},
	{{"###",
	  "#.#",
	  "###",
	  "#.#",
	  "###"}},
	{{"###",
	  "#.#",
	  "###",
	  "..#",
	  "###"}},
};

static const struct glyph faces[2][5] = {
	{
		{{".#.#.",
		  ".#.#.",
		  ".....",
		  ".###.",
		  "##.##",
		  "#...#"}},
		{{".#.#.",
		  ".#.#.",
		  ".....",
		  ".....",
		  ".###.",
		  "#...#"}},
		{{".#.#.",
		  ".#.#.",
		  ".....",
		  ".....",
		  "#####",
		  "....."}},
		{{".#.#.",
		  ".#.#.",
		  ".....",
		  ".....",
		  "#...#",
		  ".###."}},
		{{".#.#.",
		  ".#.#.",
		  ".....",
		  "#...#",
		  "##.##",
		  ".###."}},
	},
	{
		{{"..#######..",
		  ".#.......#.",
		  "#..#...#..#",
		  "#..#...#..#",
		  "#.........#",
		  "#...###...#",
		  "#..##.##..#",
		  "#..#...#..#",
		  ".#.......#.",
		  "..#######.."}},
		{{"..#######..",
		  ".#.......#.",
		  "#..#...#..#",
		  "#..#...#..#",
		  "#.........#",
		  "#.........#",
		  "#...###...#",
		  "#..#...#..#",
		  ".#.......#.",
		  "..#######.."}},
		{{"..#######..",
		  ".#.......#.",
		  "#..#...#..#",
		  "#..#...#..#",
		  "#.........#",
		  "#.........#",
		  "#..#####..#",
		  "#.........#",
		  ".#.......#.",
		  "..#######.."}},
		{{"..#######..",
		  ".#.......#.",
		  "#..#...#..#",
		  "#..#...#..#",
		  "#.........#",
		  "#.........#",
		  "#..#...#..#",
		  "#...###...#",
		  ".#.......#.",
		  "..#######.."}},
		{{"..#######..",
		  ".#.......#.",
		  "#..#...#..#",
		  "#..#...#..#",
		  "#.........#",
		  "#.#.....#.#",
		  "#.##...##.#",
		  "#..#####..#",
		  ".#.......#.",
		  "..#######.."}},
	},
};

/* the first digit of 10 */
static const struct glyph narrow_one = {{"#", "#", "#", "#", "#"}};

static const struct glyph check = {{
	"...........##",
	"..........##.",
	".........##..",
	"##......##...",
	".##....##....",
	"..##..##.....",
	"...####......",
	"....##......."}};
/* clang-format on */

const struct glyph *glyph_digit(int digit)
{
	g_assert(digit >= 0 && digit <= 9);
	return &digits[digit];
}

const struct glyph *glyph_face(enum glyph_face size, int value)
{
	g_assert(value >= 1 && value <= 5);
	return &faces[size][value - 1];
}

const struct glyph *glyph_check(void)
{
	return &check;
}

int glyph_cols(const struct glyph *glyph, int scale)
{
	return (int)strlen(glyph->row[0]) * scale;
}

int glyph_rows(const struct glyph *glyph, int scale)
{
	int dots = 0;

	while (dots < DOTS_MAX && glyph->row[dots] != NULL)
		dots++;
	return (dots * scale + 1) / 2;
}

static bool dot(const struct glyph *glyph, int y, int x, int scale)
{
	y /= scale;
	return y < DOTS_MAX && glyph->row[y] != NULL && glyph->row[y][x / scale] == '#';
}

void glyph_draw(struct canvas *c, int row, int col, enum style style,
		const struct glyph *glyph, int scale)
{
	static const uint32_t blocks[2][2] = {{' ', L'▄'}, {L'▀', L'█'}};

	for (int r = 0; r < glyph_rows(glyph, scale); r++)
		for (int x = 0; x < glyph_cols(glyph, scale); x++) {
			bool upper = dot(glyph, 2 * r, x, scale);
			bool lower = dot(glyph, 2 * r + 1, x, scale);

			canvas_draw(c, row + r, col + x, style, blocks[upper][lower]);
		}
}

static const struct glyph *tens_of(int number)
{
	return number / 10 == 1 ? &narrow_one : glyph_digit(number / 10);
}

static int number_cols(int number, int scale)
{
	int cols = glyph_cols(glyph_digit(number % 10), scale);

	return number < 10 ? cols : cols + scale + glyph_cols(tens_of(number), scale);
}

static void plain_number(struct canvas *c, struct area area, enum style style, int number)
{
	int row = area.row + area.rows / 2;
	int col = area.col + (area.cols - (number >= 10)) / 2;

	if (number >= 10)
		canvas_draw(c, row, col++, style, '0' + (uint32_t)number / 10);
	canvas_draw(c, row, col, style, '0' + (uint32_t)number % 10);
}

void glyph_number(struct canvas *c, struct area area, enum style style, int number,
		  int scale)
{
	const struct glyph *ones = glyph_digit(number % 10);
	int cols = number_cols(number, MAX(scale, 1));
	int row = area.row + (area.rows - glyph_rows(ones, MAX(scale, 1))) / 2;
	int col = area.col + (area.cols - cols) / 2;

	if (c->ascii_only || scale == 0 || area.cols < cols ||
	    area.rows < glyph_rows(ones, scale)) {
		plain_number(c, area, style, number);
		return;
	}
	if (number >= 10)
		glyph_draw(c, row, col, style, tens_of(number), scale);
	glyph_draw(c, row, col + cols - glyph_cols(ones, scale), style, ones, scale);
}
