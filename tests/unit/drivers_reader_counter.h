/* A till's counter for tests of reader.h: one reader on one fake device, a clock that is a
 * number, and a log of what was told. */
#ifndef TESTS_DRIVERS_READER_COUNTER_H
#define TESTS_DRIVERS_READER_COUNTER_H

#include <poll.h>

#include <glib.h>
#include <string.h>

#include "drivers/reader.h"
#include "tests/lib/fake_device.h"

struct counter {
	struct fake_device device;
	struct card_rules rules;
	struct reader reader;
	struct reader_sink sink;
	GString *log;
	int64_t now_ms;
	bool silent; /* the log keeps no states */
	int cards;
};

static inline void on_card(const struct card_reading *reading, void *user)
{
	struct counter *counter = user;

	counter->cards++;
	switch (reading->result) {
	case CARD_NUMBER:
		g_string_append_printf(counter->log, "card %s;", reading->number);
		break;
	case CARD_ERROR:
		g_string_append_printf(counter->log, "error %s;",
				       card_error_name(reading->error));
		break;
	case CARD_REFUSED_PAYMENT:
		g_string_append(counter->log, "refused;");
		break;
	case CARD_REFUSED_DOCUMENT:
		g_string_append(counter->log, "document;");
		break;
	}
}

static inline void on_state(const struct reader *reader, void *user)
{
	struct counter *counter = user;

	g_test_message("%s: %s", reader_state_name(reader_state_of(reader)),
		       reader_why(reader));
	if (!counter->silent)
		g_string_append_printf(counter->log, "%s;",
				       reader_state_name(reader_state_of(reader)));
}

static inline void counter_init(struct counter *counter, const char *device,
				bool listening)
{
	struct reader_options options = {
		.protocol = reader_protocol_find("magstripe"),
		.rules = &counter->rules,
		.listening = listening,
	};

	memset(counter, 0, sizeof(*counter));
	counter->rules.any = true;
	counter->now_ms = 1000000;
	counter->log = g_string_new(NULL);
	counter->sink = (struct reader_sink){on_card, on_state, counter};
	fake_device_init(&counter->device);
	options.device = device ? device : counter->device.link;
	reader_init(&counter->reader, &options);
}

static inline void counter_clear(struct counter *counter)
{
	reader_close(&counter->reader, &counter->sink);
	fake_device_clear(&counter->device);
	g_string_free(counter->log, TRUE);
}

static inline void expect(struct counter *counter, const char *log)
{
	g_assert_cmpstr(counter->log->str, ==, log);
	g_string_truncate(counter->log, 0);
}

/* Calls the reader as long as its descriptor is readable, and counts the calls; no time
 * passes. */
static inline size_t pump(struct counter *counter)
{
	struct pollfd p = {.events = POLLIN};
	size_t calls = 0;

	for (; (p.fd = reader_fd(&counter->reader)) >= 0 && poll(&p, 1, 20) > 0; calls++)
		reader_on_readable(&counter->reader, counter->now_ms, &counter->sink);
	return calls;
}

/* Time passes; deadlines in it are kept as a main loop keeps them. */
static inline void pass(struct counter *counter, int64_t ms)
{
	int64_t end = counter->now_ms + ms, at;

	while ((at = reader_deadline_ms(&counter->reader)) >= 0 && at <= end) {
		counter->now_ms = MAX(at, counter->now_ms);
		reader_on_time(&counter->reader, counter->now_ms, &counter->sink);
	}
	counter->now_ms = end;
}

static inline void say(struct counter *counter, const char *text)
{
	fake_device_send(&counter->device, text, strlen(text));
}

static inline void start(struct counter *counter)
{
	fake_device_plug(&counter->device);
	reader_enable(&counter->reader, &counter->sink);
	reader_open(&counter->reader, counter->now_ms, &counter->sink);
	expect(counter, "enabled;");
	g_assert_cmpint(reader_deadline_ms(&counter->reader), ==, -1);
	g_assert_cmpstr(reader_why(&counter->reader), ==, "");
}

/* After whatever was, a card is read. */
static inline void expect_card(struct counter *counter)
{
	g_string_truncate(counter->log, 0);
	say(counter, ";9643001?\x03");
	pump(counter);
	expect(counter, "card 9643001;");
}

#endif
