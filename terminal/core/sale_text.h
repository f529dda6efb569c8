/* sale_text.h - letters of any script, for sale*.c only. */
#ifndef TILLASK_CORE_SALE_TEXT_H
#define TILLASK_CORE_SALE_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#define SALE_LINE_MAX 160 /* characters looked at; a display has 20 */

/* A line as characters, without blanks at its end.  What is not UTF-8 is '?'. */
struct sale_line {
	int n;
	uint32_t c[SALE_LINE_MAX];
};

void sale_line_set(struct sale_line *line, const char *utf8);

/* The capital of a Latin, Greek or Cyrillic letter; any other character as it is.  Of the
 * dotless and dotted i of Turkish: I. */
uint32_t sale_upper(uint32_t c);
bool sale_is_letter(uint32_t c);
bool sale_is_digit(uint32_t c);
bool sale_is_space(uint32_t c);

#endif
