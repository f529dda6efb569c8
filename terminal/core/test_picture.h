/* test_picture.h - every page that people see, one after another, for the technician.
 *
 * In each language that the screen can show: every question (each page of its choices), the
 * complaint, greeting and ends; at last the cashier's page and the clock of the night.  They are
 * drawn as customers see them; page.test says that nobody answered anything.
 */
#ifndef TILLASK_CORE_TEST_PICTURE_H
#define TILLASK_CORE_TEST_PICTURE_H

#include "core/page.h"
#include "core/rules.h"

/* How many there are. */
uint16_t test_pictures(const struct rules *rules);

/* Picture NUMBER, 1..test_pictures(), into the customer's part of a cleared PAGE. */
void test_picture(const struct rules *rules, uint16_t number, struct page *page);

#endif
