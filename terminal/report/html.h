/* html.h - writes HTML that no text can break out of.
 *
 * There are three ways to write: markup, which must stand as a literal in our source (anything
 * else does not compile); text, which is always escaped, for content and for attributes between
 * double quotes alike; numbers.  So no wording, name or reason can become a tag, close a quote or
 * turn the direction of what stands beside it.
 *
 * Errors stay in the FILE (ferror).
 */
#ifndef TILLASK_REPORT_HTML_H
#define TILLASK_REPORT_HTML_H

#include <stdint.h>
#include <stdio.h>

#include "core/figure.h"

struct html;

/* Writes to OUT, which is borrowed.  The words of figures are borrowed too. */
struct html *html_new(FILE *out, const struct figure_words *words);
void html_free(struct html *html);

/* "" only joins with another literal. */
#define html_markup(html, literal) html_markup_literal((html), "" literal "")
void html_markup_literal(struct html *html, const char *literal);

/* The text of a file inside the program (embedded.h), as it is: a style sheet of ours. */
void html_embedded(struct html *html, const char *name);

/* UTF-8.  What is no UTF-8 becomes U+FFFD, control characters a space; marks that change the
 * direction of neighbours (U+202A..U+202E, U+2066..U+2069) are left out. */
void html_text(struct html *html, const char *text);

void html_count(struct html *html, int64_t count);
/* A place on the page: at most one decimal. */
void html_place(struct html *html, double place);
/* SHARE 0..1 as 0%..100%, at most one decimal. */
void html_percent(struct html *html, double share);

/* A figure as figure_format() prints it: value, interval and n, in an element of class "f", its
 * value in one of class "v". */
void html_figure(struct html *html, const struct figure *figure);
/* The same without elements: for attributes and <title>. */
void html_figure_text(struct html *html, const struct figure *figure);

#endif
