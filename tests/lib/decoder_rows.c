#include "tests/lib/decoder_rows.h"

#include <glib.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct run {
	const struct decoder_table *table;
	const struct reader_protocol *protocol;
	union reader_decoder decoder;
	int64_t now_ms;
	GString *log;
};

struct test {
	const struct decoder_table *table;
	const struct decoder_row *row;
};

static bool has_word(const char *options, const char *word)
{
	g_auto(GStrv) words = g_strsplit(options, " ", -1);

	return g_strv_contains((const char *const *)words, word);
}

static void run_init(struct run *run, const struct decoder_table *table,
		     const char *options, const struct card_rules *rules)
{
	const struct reader_options all = {
		.rules = rules,
		.ean = has_word(options, "ean"),
		.bcc = has_word(options, "bcc"),
		.parallax = has_word(options, "parallax"),
		.reverse = has_word(options, "reverse"),
	};

	*run = (struct run){.table = table,
			    .protocol = reader_protocol_find(table->protocol),
			    .now_ms = 1000000,
			    .log = g_string_new(NULL)};
	g_assert_nonnull(run->protocol);
	run->protocol->init(&run->decoder, &all);
}

static struct card_rules rules_of(const char *prefix)
{
	struct card_rules rules = {.any = prefix == NULL};
	g_auto(GStrv) list = g_strsplit(prefix ? prefix : "", ";", -1);

	for (int i = 0; list[i]; i++)
		g_strlcpy(rules.prefix[rules.n++].digits, list[i],
			  sizeof(rules.prefix[0].digits));
	return rules;
}

/* Six characters of the number in a row, anywhere. */
static bool holds_part(const void *memory, size_t n, const char *number)
{
	for (size_t i = 0; i + 6 <= strlen(number); i++) {
		if (memmem(memory, n, number + i, 6))
			return true;
	}
	return false;
}

static void assert_forgotten(const struct run *run)
{
	static const struct card_raw empty;

	g_assert_true(memcmp(run->table->raw(&run->decoder), &empty, sizeof(empty)) == 0);
}

static void on_card(const struct card_reading *reading, void *user)
{
	static const char *const refusals[] = {
		[CARD_REFUSED_PAYMENT] = " refused payment-card",
		[CARD_REFUSED_DOCUMENT] = " refused id-document",
	};
	struct run *run = user;

	if (reading->result == CARD_NUMBER)
		g_string_append_printf(run->log, " card %s", reading->number);
	else if (reading->result == CARD_ERROR)
		g_string_append_printf(run->log, " error %s",
				       card_error_name(reading->error));
	else
		g_string_append(run->log, refusals[reading->result]);
	if (reading->result != CARD_NUMBER)
		g_assert_cmpstr(reading->number, ==, "");
	assert_forgotten(run);
}

/* Feeds in pieces of `size` bytes, 0: of random length. */
static void play(struct run *run, const char *bytes, size_t n, size_t size)
{
	while (n > 0) {
		size_t piece = size ? size : (size_t)g_test_rand_int_range(1, 24);

		piece = MIN(piece, n);
		run->protocol->feed(&run->decoder, (const unsigned char *)bytes, piece,
				    run->now_ms, on_card, run);
		bytes += piece;
		n -= piece;
	}
}

static void pass(struct run *run, int64_t ms)
{
	run->now_ms += ms;
	if (ms < run->protocol->idle_ms)
		return;
	g_string_append(run->log, " ~");
	run->protocol->idle(&run->decoder, on_card, run);
	g_assert_false(run->protocol->pending(&run->decoder));
	assert_forgotten(run);
}

/* The next {MARK} in the bytes, or NULL; *end is behind it. */
static const char *find_mark(const char *bytes, size_t n, int64_t *ms, const char **end)
{
	for (const char *at = bytes; (at = memchr(at, '{', n - (size_t)(at - bytes)));
	     at++) {
		size_t rest = n - (size_t)(at - bytes);

		if (rest >= 6 && memcmp(at, "{idle}", 6) == 0) {
			*ms = 300;
			*end = at + 6;
			return at;
		}
		*ms = rest > 2 ? strtol(at + 1, (char **)end, 10) : 0;
		if (rest > 2 && *end > at + 1 && **end == '}') {
			++*end;
			return at;
		}
	}
	return NULL;
}

static void check_row(const struct decoder_table *table, const struct decoder_row *row,
		      size_t size)
{
	struct card_rules rules = rules_of(row->prefix);
	const char *bytes = row->bytes, *all = row->bytes + row->n;
	struct run run;

	run_init(&run, table, row->options, &rules);
	while (true) {
		const char *end = NULL;
		int64_t ms;
		const char *mark = find_mark(bytes, (size_t)(all - bytes), &ms, &end);

		play(&run, bytes, (size_t)((mark ? mark : all) - bytes), size);
		if (!mark)
			break;
		pass(&run, ms);
		bytes = end;
	}
	pass(&run, 300);
	g_assert_cmpstr(run.log->str + 1, ==, row->log);
	g_string_free(run.log, TRUE);
}

static void test_row(const void *data)
{
	const struct test *test = data;

	check_row(test->table, test->row, test->row->n + 1);
	for (size_t size = 1; size < 8; size++)
		check_row(test->table, test->row, size);
	for (int i = 0; i < 50; i++)
		check_row(test->table, test->row, 0);
}

/* After each number of bytes: nothing is left, nothing is told later. */
static void test_reset(const void *data)
{
	const struct decoder_table *table = data;
	struct card_rules rules = rules_of(NULL);
	struct run run;

	run_init(&run, table, "", &rules);
	for (size_t n = 0; n <= strlen(table->bytes); n++) {
		play(&run, table->bytes, n, n + 1);
		run.protocol->reset(&run.decoder);
		g_assert_false(run.protocol->pending(&run.decoder));
		assert_forgotten(&run);
		g_assert_false(
			holds_part(&run.decoder, sizeof(run.decoder), table->number));
		g_string_truncate(run.log, 0);
		pass(&run, 300);
		g_assert_cmpstr(run.log->str, ==, " ~");
	}
	g_string_free(run.log, TRUE);
}

#ifndef __SANITIZE_ADDRESS__ /* it keeps its own stacks */
#define STACK (256 * 1024)

static void ignore(const struct card_reading *reading, void *user)
{
	(void)reading;
	(void)user;
}

static struct run stack_run;

static void *read_on_stack(void *bytes)
{
	const struct reader_protocol *protocol = stack_run.protocol;

	protocol->feed(&stack_run.decoder, bytes, strlen(bytes), 0, ignore, NULL);
	protocol->idle(&stack_run.decoder, ignore, NULL);
	return NULL;
}

static void check_stack(const struct decoder_table *table, const char *text,
			const char *number)
{
	struct card_rules rules = rules_of("9643");
	g_autofree char *bytes = g_strdup(text);
	void *stack = g_aligned_alloc0(1, STACK, 4096);
	pthread_attr_t attr;
	pthread_t thread;

	run_init(&stack_run, table, "", &rules);
	pthread_attr_init(&attr);
	g_assert_cmpint(pthread_attr_setstack(&attr, stack, STACK), ==, 0);
	g_assert_cmpint(pthread_create(&thread, &attr, read_on_stack, bytes), ==, 0);
	pthread_join(thread, NULL);
	pthread_attr_destroy(&attr);
	g_assert_false(holds_part(stack, STACK, number));
	g_assert_false(holds_part(&stack_run.decoder, sizeof(stack_run.decoder), number));
	g_aligned_free(stack);
	g_string_free(stack_run.log, TRUE);
}

static void test_stack(const void *data)
{
	const struct decoder_table *table = data;

	check_stack(table, table->bytes, table->number);
	check_stack(table, table->good, table->good_number);
}
#endif

void decoder_rows_add(const struct decoder_table *table)
{
	g_autofree char *reset = g_strdup_printf("/%s/reset", table->protocol);

	for (size_t i = 0; i < table->n; i++) {
		g_autofree char *name = g_strdelimit(g_strdup(table->rows[i].name), "/",
						     '-');
		g_autofree char *path = g_strdup_printf("/%s/row/%s", table->protocol,
							name);
		struct test *test = g_new(struct test, 1);

		*test = (struct test){table, &table->rows[i]};
		g_test_add_data_func_full(path, test, test_row, g_free);
	}
	g_test_add_data_func(reset, table, test_reset);
#ifndef __SANITIZE_ADDRESS__
	{
		g_autofree char *stack = g_strdup_printf("/%s/stack", table->protocol);

		g_test_add_data_func(stack, table, test_stack);
	}
#endif
}
