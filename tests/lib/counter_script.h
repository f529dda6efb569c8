/* counter_script.h - for unit tests: what a script must lead to. */
#ifndef TILLASK_TESTS_COUNTER_SCRIPT_H
#define TILLASK_TESTS_COUNTER_SCRIPT_H

#include "tests/lib/counter_fixture.h"

#include <glib.h>

#define PAGE(f, expected)  g_assert_cmpstr(fixture_page(f), ==, expected)
#define ROWS(f, expected)  g_assert_cmpstr(fixture_rows(f), ==, expected)
#define CARDS(f, expected) g_assert_cmpstr(fixture_cards(f), ==, expected)
#define TOAST(f, expected) g_assert_cmpint((f)->page.toast, ==, expected)

#endif
