/*
 * decoder_rows: bytes of a device -> what its decoder tells, as rows of a table
 *
 * A row: a name, the loyalty prefixes, the decoder's options, the bytes, and the log. In the
 * bytes {N} lets N milliseconds pass, from 300 on with an idle line, and {idle} is {300}; one
 * more follows at the end. In the log `~` is where the decoder was told of the idle line, so
 * "card 1234 ~" was certain before it and "~ card 1234" was not. Rows run whole, byte by
 * byte, in pieces of 2 to 7 bytes and in 50 random ones; the log must be the same, and
 * nothing of a card may be left in the decoder's buffer at an idle line and at a refusal.
 */
#ifndef TESTS_DECODER_ROWS_H
#define TESTS_DECODER_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "drivers/reader.h"

#define S(text) text, sizeof(text) - 1

struct decoder_row {
	const char *name;
	const char *prefix;  /* NULL: any number is ours; several with ; */
	const char *options; /* "": none; words of config.ini: ean bcc parallax reverse */
	const char *bytes;
	size_t n;
	const char *log;
};

/* Adds a test for each row of a protocol that keeps its bytes in one struct card_raw, which
 * `raw` finds; and tests that no function on the way leaves the number of a bank card, or of a
 * good one, on the stack when it is read, and that a reset forgets whatever was begun. All
 * are borrowed. */
struct decoder_table {
	const char *protocol;
	const struct decoder_row *rows;
	size_t n;
	const struct card_raw *(*raw)(const union reader_decoder *decoder);
	const char *bytes, *number; /* a bank card */
	const char *good, *good_number;
};
void decoder_rows_add(const struct decoder_table *table);

#endif
