/*
 * code_page: the encodings of customer displays -> Unicode, by table
 *
 * Pure; any thread. Bytes above 0x7F mean what the code table says.
 */
#ifndef DRIVERS_CODE_PAGE_H
#define DRIVERS_CODE_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum code_page {
	CODE_PAGE_CP437,
	CODE_PAGE_CP858,
	CODE_PAGE_CP866,
	CODE_PAGE_CP1251,
	CODE_PAGE_KOI8R,
	CODE_PAGE_UTF8,
};
#define CODE_PAGES (CODE_PAGE_UTF8 + 1)

/* What stands for a byte that means nothing. */
#define CODE_PAGE_UNKNOWN '?'

/* "CP437", ..., "KOI8-R", "UTF-8". */
const char *code_page_name(enum code_page page);

/* By that name, in either case. False, and *page untouched, for any other. */
bool code_page_find(const char *name, enum code_page *page);

/* Characters that come a byte at a time. Zeroed it is ready. */
struct code_page_reader {
	uint32_t character; /* so far */
	uint8_t left;       /* bytes that must follow */
	uint32_t least;     /* smaller ones are written too long */
};

/*
 * Takes a byte of text; writes 0, 1 or 2 characters to out and returns how many: a UTF-8
 * character that is cut short gives CODE_PAGE_UNKNOWN before the next one. No control
 * characters, no surrogates, nothing above U+10FFFF comes out.
 */
int code_page_read(struct code_page_reader *reader, enum code_page page,
		   unsigned char byte, uint32_t out[2]);

/* A text ended: whether a character was cut short; forgets it. */
bool code_page_end(struct code_page_reader *reader);

/* Writes a character as UTF-8, 1 to 4 bytes and no NUL; returns how many. */
size_t code_page_put(char *out, uint32_t character);

#endif
