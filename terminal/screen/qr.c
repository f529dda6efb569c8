#include "screen/qr.h"

#include <qrencode.h>
#include <string.h>

#define QUIET 2 /* light modules around it */

static bool is_ascii(const char *text)
{
	for (; *text != '\0'; text++)
		if ((unsigned char)*text >= 0x80)
			return false;
	return true;
}

/* NULL: it cannot be. */
static QRcode *encode(const char *text)
{
	size_t n = strlen(text);

	if (n == 0 || n > QR_TEXT_MAX || !is_ascii(text))
		return NULL;
	return QRcode_encodeString(text, 0, QR_ECLEVEL_L, QR_MODE_8, 1);
}

static int rows_of(const QRcode *code)
{
	return (code->width + 2 * QUIET + 1) / 2;
}

static int cols_of(const QRcode *code)
{
	return code->width + 2 * QUIET;
}

/* Beyond the code everything is light. */
static bool is_light(const QRcode *code, int y, int x)
{
	if (y < 0 || x < 0 || y >= code->width || x >= code->width)
		return true;
	return (code->data[y * code->width + x] & 1) == 0;
}

bool qr_size(const char *text, int *rows, int *cols)
{
	QRcode *code = encode(text);

	if (code == NULL)
		return false;
	*rows = rows_of(code);
	*cols = cols_of(code);
	QRcode_free(code);
	return true;
}

static void draw(struct canvas *c, int row, int col, const QRcode *code)
{
	/* by the upper module, then the lower one: dark 0, light 1 */
	static const uint32_t blocks[2][2] = {{' ', 0x2584}, {0x2580, 0x2588}};

	for (int r = 0; r < rows_of(code); r++)
		for (int k = 0; k < cols_of(code); k++) {
			int y = 2 * r - QUIET, x = k - QUIET;
			canvas_draw(
				c, row + r, col + k, STYLE_PLAIN,
				blocks[is_light(code, y, x)][is_light(code, y + 1, x)]);
		}
}

bool qr_draw(struct canvas *c, int row, int col, const char *text)
{
	QRcode *code = encode(text);

	if (code == NULL)
		return false;
	bool fits = !c->ascii_only && row >= 0 && col >= 0 &&
		    row + rows_of(code) <= c->rows && col + cols_of(code) <= c->cols;
	if (fits)
		draw(c, row, col, code);
	QRcode_free(code);
	return fits;
}
