/* letters.h - which characters a terminal can show: by the locale, and by the console's font.
 *
 * KOI8-R drops Kazakh letters silently, Debian's console font may lack Cyrillic, and no console
 * font has Chinese: a language whose letters are missing must not be offered.
 */
#ifndef TILLASK_SCREEN_LETTERS_H
#define TILLASK_SCREEN_LETTERS_H

#include <stdbool.h>
#include <stdint.h>

struct letters {
	bool utf8;
	bool has_font;             /* a Linux console: its font is known */
	uint8_t font[0x10000 / 8]; /* a bit a character of the basic plane */
};

/*
 * Asks the locale (setlocale() is the caller's) and the terminal FD, which may be none.  A
 * program started without a locale on a terminal in UTF-8 mode gets C.UTF-8.
 */
void letters_init(struct letters *letters, int fd);

/* Whether all of TEXT (UTF-8) can be shown. */
bool letters_can_show(const struct letters *letters, const char *text);

/* The same for one character.  A control character of eight bits is none: on a vt220 the line
 * characters of KOI8-R are such. */
bool letters_can_show_character(const struct letters *letters, uint32_t character);

#endif
