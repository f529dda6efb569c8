/* qr.h - a QR code drawn with half blocks: two modules a cell, one over the other.
 *
 * Light modules are drawn, dark ones are left, as screens are dark: a camera then sees dark on
 * light.  Around it stand two light modules instead of the standard's four; cameras read that.
 * Error correction is the lowest level, so that the code is small: a screen has no scratches.
 * Digits, capitals, blanks and $ % * + - . / : take little more than half the room of other text.
 * The only file that names the library.
 */
#ifndef TILLASK_SCREEN_QR_H
#define TILLASK_SCREEN_QR_H

#include "screen/canvas.h"

#define QR_TEXT_MAX 600 /* bytes; more does not fit the largest screen either */

/* What the code of TEXT takes on the screen; false: it is empty, too long, or not ASCII (readers
 * guess at other letters). */
bool qr_size(const char *text, int *rows, int *cols);

/* Draws it from ROW, COL on.  False, and nothing is drawn, where it does not fit the canvas whole
 * or the screen has no blocks (ascii_only). */
bool qr_draw(struct canvas *c, int row, int col, const char *text);

#endif
