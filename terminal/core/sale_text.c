#include "core/sale_text.h"

#include <stddef.h>

/* The next character of UTF-8; *AT moves on. */
static uint32_t next(const unsigned char **at)
{
	const unsigned char *p = *at;
	int more = *p >= 0xf0 ? 3 : *p >= 0xe0 ? 2 : *p >= 0xc0 ? 1 : 0;
	uint32_t c = more == 0 ? *p : *p & (0x3fu >> more);
	*at = p + 1;
	if (more == 0)
		return c < 0x80 ? c : '?';
	for (int i = 1; i <= more; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return '?';
		c = c << 6 | (p[i] & 0x3fu);
	}
	*at = p + 1 + more;
	return c;
}

void sale_line_set(struct sale_line *line, const char *utf8)
{
	const unsigned char *p = (const unsigned char *)utf8;
	line->n = 0;
	while (*p != '\0' && line->n < SALE_LINE_MAX)
		line->c[line->n++] = next(&p);
	while (line->n > 0 && sale_is_space(line->c[line->n - 1]))
		line->n--;
}

/* Small letters FROM..TO and what must be taken from them; step 2: capitals lie between. */
static const struct {
	uint32_t from, to, less;
	int step;
} cases[] = {
	{'a', 'z', 0x20, 1},     {0xe0, 0xf6, 0x20, 1}, /* Latin-1 */
	{0xf8, 0xfe, 0x20, 1},   {0x101, 0x12f, 1, 2},  /* Latin Extended-A */
	{0x131, 0x131, 0xe8, 1},                        /* dotless i */
	{0x133, 0x137, 1, 2},    {0x13a, 0x148, 1, 2},    {0x14b, 0x177, 1, 2},
	{0x17a, 0x17e, 1, 2},    {0x3b1, 0x3c1, 0x20, 1}, /* Greek */
	{0x3c3, 0x3c9, 0x20, 1}, {0x430, 0x44f, 0x20, 1}, /* Cyrillic */
	{0x450, 0x45f, 0x50, 1}, {0x461, 0x481, 1, 2},    {0x48b, 0x4bf, 1, 2},
	{0x4c2, 0x4ce, 1, 2},    {0x4d1, 0x52f, 1, 2},
};

uint32_t sale_upper(uint32_t c)
{
	if (c == 0x130)
		return 'I';
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		if (c >= cases[i].from && c <= cases[i].to &&
		    (c - cases[i].from) % (uint32_t)cases[i].step == 0)
			return c - cases[i].less;
	return c;
}

bool sale_is_letter(uint32_t c)
{
	uint32_t upper = sale_upper(c);
	return (upper >= 'A' && upper <= 'Z') ||
	       (c >= 0xc0 && c != 0xd7 && c != 0xf7 && c < 0x2000) ||
	       (c >= 0x2e80 && c < 0xfe00);
}

bool sale_is_digit(uint32_t c)
{
	return c >= '0' && c <= '9';
}

bool sale_is_space(uint32_t c)
{
	return c == ' ' || c == 0xa0 || (c >= 0x2000 && c <= 0x200a) || c == 0x202f;
}
