/* Rows of bytes and what is told of them; and that nothing of a card stays behind. */
#include <pthread.h>
#include <string.h>

#include <glib.h>

#include "drivers/demo.h"
#include "drivers/magstripe.h"
#include "tests/unit/drivers_magstripe_rows.h"

static struct card_rules rules_of(const char *prefix)
{
	struct card_rules rules = {.any = prefix == NULL};
	g_auto(GStrv) list = g_strsplit(prefix ? prefix : "", ";", -1);

	for (int i = 0; list[i]; i++)
		g_strlcpy(rules.prefix[rules.n++].digits, list[i],
			  sizeof(rules.prefix[0].digits));
	return rules;
}

struct run {
	GString *log;
	struct magstripe decoder;
};

/* Six digits of the number in a row, anywhere. */
static bool holds_digits(const void *memory, size_t n, const char *number)
{
	for (size_t i = 0; i + 6 <= strlen(number); i++) {
		if (memmem(memory, n, number + i, 6))
			return true;
	}
	return false;
}

static void assert_forgotten(const struct magstripe *decoder)
{
	static const struct card_raw empty[4];

	g_assert_true(memcmp(decoder->raw, empty, sizeof(empty)) == 0);
}

static void on_card(const struct card_reading *reading, void *user)
{
	struct run *run = user;

	switch (reading->result) {
	case CARD_NUMBER:
		g_string_append_printf(run->log, " card %s", reading->number);
		break;
	case CARD_ERROR:
		g_string_append_printf(run->log, " error %s",
				       card_error_name(reading->error));
		break;
	case CARD_REFUSED_PAYMENT:
		g_string_append(run->log, " refused payment-card");
		assert_forgotten(&run->decoder);
		break;
	case CARD_REFUSED_DOCUMENT:
		g_string_append(run->log, " refused id-document");
		assert_forgotten(&run->decoder);
		break;
	}
	if (reading->result != CARD_NUMBER)
		g_assert_cmpstr(reading->number, ==, "");
}

/* Feeds in pieces of `size` bytes, 0: of random length. */
static void play(struct run *run, const char *bytes, size_t n, size_t size)
{
	while (n > 0) {
		size_t piece = size ? size : (size_t)g_test_rand_int_range(1, 24);

		piece = MIN(piece, n);
		magstripe_feed(&run->decoder, (const unsigned char *)bytes, piece,
			       on_card, run);
		bytes += piece;
		n -= piece;
	}
}

static void idle(struct run *run)
{
	g_string_append(run->log, " ~");
	magstripe_idle(&run->decoder, on_card, run);
	g_assert_false(magstripe_pending(&run->decoder));
	assert_forgotten(&run->decoder);
}

static void check_row(const struct row *row, size_t size)
{
	static const char mark[] = "{idle}";
	struct card_rules rules = rules_of(row->prefix);
	struct run run = {.log = g_string_new(NULL)};
	const char *bytes = row->bytes;
	size_t n = row->n;

	magstripe_init(&run.decoder, &rules, row->lrc);
	while (true) {
		const char *at = memmem(bytes, n, mark, strlen(mark));
		size_t before = at ? (size_t)(at - bytes) : n;

		play(&run, bytes, before, size);
		idle(&run);
		if (!at)
			break;
		bytes += before + strlen(mark);
		n -= before + strlen(mark);
	}
	g_assert_cmpstr(run.log->str + 1, ==, row->log);
	g_string_free(run.log, TRUE);
}

static void test_row(const void *data)
{
	const struct row *row = data;

	check_row(row, row->n + 1);
	for (size_t size = 1; size < 8; size++)
		check_row(row, size);
	for (int i = 0; i < 50; i++)
		check_row(row, 0);
}

/* A swipe that was reset leaves nothing, not even its error. */
static void test_reset(void)
{
	struct card_rules rules = rules_of(NULL);
	struct run run = {.log = g_string_new(NULL)};

	magstripe_init(&run.decoder, &rules, true);
	for (size_t n = 0; n <= sizeof(VISA1 VISA2) - 1; n++) {
		magstripe_feed(&run.decoder, (const unsigned char *)VISA1 VISA2, n,
			       on_card, &run);
		magstripe_reset(&run.decoder);
		g_assert_false(magstripe_pending(&run.decoder));
		g_assert_false(holds_digits(&run.decoder, sizeof(run.decoder),
					    "4111111111111111"));
		g_string_truncate(run.log, 0);
		idle(&run);
		g_assert_cmpstr(run.log->str, ==, " ~");
	}
	g_string_free(run.log, TRUE);
}

/* A bad track is of no use once the guard has seen it: it does not wait for the swipe's
 * end. */
static void test_bad_track(void)
{
	static const char swipe[] = ";7005123456:\x80?%7005123456\r+7005123456A?";
	struct card_rules rules = rules_of(NULL);
	struct run run = {.log = g_string_new(NULL)};

	magstripe_init(&run.decoder, &rules, false);
	play(&run, swipe, strcspn(swipe, "%"), 1);
	assert_forgotten(&run.decoder);
	play(&run, strchr(swipe, '%'), strlen(strchr(swipe, '%')), 1);
	g_assert_cmpstr(run.log->str, ==, " error truncated");
	g_string_free(run.log, TRUE);
}

#ifndef __SANITIZE_ADDRESS__ /* it keeps its own stacks */
#define STACK (256 * 1024)

static void ignore(const struct card_reading *reading, void *user)
{
	(void)reading;
	(void)user;
}

static struct magstripe stack_decoder;

static void *swipe_on_stack(void *bytes)
{
	magstripe_feed(&stack_decoder, bytes, strlen(bytes), ignore, NULL);
	magstripe_idle(&stack_decoder, ignore, NULL);
	return NULL;
}

/* Runs a swipe on a stack of our own and looks through it: no copy of a number is left
 * behind by any function on the way. */
static void test_stack(void)
{
	static const struct {
		const char *bytes, *number;
	} swipes[] = {
		{VISA1 VISA2, "4111111111111111"},
		{"%B4111 1111 1111 1111^A", "4111111111111111"},
		{"+594111111111111111=2?", "4111111111111111"},
		{";636014012345678=2402?", "636014012345678"},
		{";5012345678901234", "5012345678901234"},
		{"%B7005123456789\x80?", "7005123456789"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(swipes); i++) {
		struct card_rules rules = rules_of("9643");
		g_autofree char *bytes = g_strdup(swipes[i].bytes);
		void *stack = g_aligned_alloc0(1, STACK, 4096);
		pthread_attr_t attr;
		pthread_t thread;

		magstripe_init(&stack_decoder, &rules, false);
		pthread_attr_init(&attr);
		g_assert_cmpint(pthread_attr_setstack(&attr, stack, STACK), ==, 0);
		g_assert_cmpint(pthread_create(&thread, &attr, swipe_on_stack, bytes), ==,
				0);
		pthread_join(thread, NULL);
		pthread_attr_destroy(&attr);
		g_test_message("swipe %zu", i);
		g_assert_false(holds_digits(stack, STACK, swipes[i].number));
		g_assert_false(holds_digits(&stack_decoder, sizeof(stack_decoder),
					    swipes[i].number));
		g_aligned_free(stack);
	}
}
#endif

/* The demo's list holds what its header promises. */
static void test_demo(void)
{
	static const char *const logs[] = {
		"~ card 9643001000000010", "~ error read-error",
		"~ card 9643001000000028", "refused payment-card ~",
		"~ card 9644000000000128", "~ card 9643001000000036",
		"~ card 7005123400000014",
	};

	g_assert_cmpuint(demo_swipes_n, ==, G_N_ELEMENTS(logs));
	for (size_t i = 0; i < demo_swipes_n; i++) {
		struct row row = {.prefix = "9643;9644",
				  .bytes = demo_swipes[i].bytes,
				  .n = strlen(demo_swipes[i].bytes),
				  .log = logs[i]};

		g_test_message("%s", demo_swipes[i].name);
		check_row(&row, 0);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *path = g_strdup_printf("/magstripe/row/%s",
							rows[i].name);

		for (char *c = path + strlen("/magstripe/row/"); *c; c++) {
			if (*c == '/')
				*c = '-';
		}
		g_test_add_data_func(path, &rows[i], test_row);
	}
	g_test_add_func("/magstripe/reset", test_reset);
	g_test_add_func("/magstripe/bad_track", test_bad_track);
#ifndef __SANITIZE_ADDRESS__
	g_test_add_func("/magstripe/stack", test_stack);
#endif
	g_test_add_func("/magstripe/demo", test_demo);
	return g_test_run();
}
