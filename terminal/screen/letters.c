#include "screen/letters.h"

#include <glib.h>
#include <langinfo.h>
#include <linux/kd.h>
#include <locale.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <wchar.h>

#define FONT_MAX 0xffff

static bool is_codeset(const char *name)
{
	return strcmp(nl_langinfo(CODESET), name) == 0;
}

static void add(struct letters *letters, uint16_t character)
{
	letters->font[character / 8] |= (uint8_t)(1u << character % 8);
}

/* The characters that the font of a Linux console has. */
static void ask_font(struct letters *letters, int fd)
{
	g_autofree struct unipair *pairs = NULL;
	struct unimapdesc map = {.entry_ct = FONT_MAX};
	char type;

	if (ioctl(fd, KDGKBTYPE, &type) != 0)
		return; /* no console */
	pairs = g_new0(struct unipair, FONT_MAX);
	map.entries = pairs;
	if (ioctl(fd, GIO_UNIMAP, &map) != 0 || map.entry_ct == 0)
		return;
	letters->has_font = true;
	add(letters, ' ');
	for (int i = 0; i < map.entry_ct; i++)
		add(letters, map.entries[i].unicode);
}

void letters_init(struct letters *letters, int fd)
{
	struct termios modes;

	memset(letters, 0, sizeof(*letters));
	if (is_codeset("ANSI_X3.4-1968") && tcgetattr(fd, &modes) == 0 &&
	    (modes.c_iflag & IUTF8) != 0)
		setlocale(LC_CTYPE, "C.UTF-8");
	letters->utf8 = is_codeset("UTF-8");
	ask_font(letters, fd);
}

bool letters_can_show_character(const struct letters *letters, uint32_t character)
{
	if (letters->has_font && (character > 0xffff || (letters->font[character / 8] &
							 1u << character % 8) == 0))
		return false;
	if (!letters->utf8) {
		char bytes[MB_LEN_MAX];
		mbstate_t state = {0};
		size_t n = wcrtomb(bytes, (wchar_t)character, &state);

		if (n == (size_t)-1 || n == 0)
			return false;
		if ((bytes[0] & 0xe0) == 0x80 && !g_unichar_isalpha(character))
			return false;
	}
	return true;
}

bool letters_can_show(const struct letters *letters, const char *text)
{
	for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
		gunichar character = g_utf8_get_char(p);

		if (character != '\n' && !letters_can_show_character(letters, character))
			return false;
	}
	return true;
}
