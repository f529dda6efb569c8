#include "core/page.h"

int page_day_pages(const struct findings *findings)
{
	if (findings->kind == INQUIRY_DAY && !findings->unread &&
	    findings_day_is_empty(&findings->of_day))
		return 1;
	return MANAGER_DAY_QUESTIONS + findings->items;
}

uint8_t page_choice_at(const struct question *q, uint8_t shift, uint8_t line)
{
	if (line + 1 >= q->choices)
		return q->choices;
	return (uint8_t)((line + shift) % (q->choices - 1) + 1);
}

/* Control characters, bidirectional controls, surrogates, private use and beyond: no text. */
static bool printable(uint32_t c)
{
	return c >= 0x20 && !(c >= 0x7f && c < 0xa0) && !(c >= 0x200b && c <= 0x200f) &&
	       !(c >= 0x2028 && c <= 0x202e) && !(c >= 0x2066 && c <= 0x2069) &&
	       !(c >= 0xd800 && c <= 0xf8ff) && c != 0xfeff && c < 0xf0000;
}

size_t page_append(char *text, size_t length, size_t most, uint32_t c)
{
	char utf8[4];
	size_t n;
	if (!printable(c))
		return length;
	if (c < 0x80) {
		utf8[0] = (char)c;
		n = 1;
	} else if (c < 0x800) {
		utf8[0] = (char)(0xc0 | c >> 6);
		utf8[1] = (char)(0x80 | (c & 0x3f));
		n = 2;
	} else if (c < 0x10000) {
		utf8[0] = (char)(0xe0 | c >> 12);
		utf8[1] = (char)(0x80 | (c >> 6 & 0x3f));
		utf8[2] = (char)(0x80 | (c & 0x3f));
		n = 3;
	} else {
		utf8[0] = (char)(0xf0 | c >> 18);
		utf8[1] = (char)(0x80 | (c >> 12 & 0x3f));
		utf8[2] = (char)(0x80 | (c >> 6 & 0x3f));
		utf8[3] = (char)(0x80 | (c & 0x3f));
		n = 4;
	}
	if (length + n > most)
		return length;
	for (size_t i = 0; i < n; i++)
		text[length + i] = utf8[i];
	text[length + n] = '\0';
	return length + n;
}

size_t page_erase(char *text, size_t length)
{
	unsigned char last;
	if (length == 0)
		return 0;
	do {
		last = (unsigned char)text[--length];
		text[length] = '\0'; /* equal pages are equal bytes */
	} while (length > 0 && (last & 0xc0) == 0x80);
	return length;
}
