/* devices.c - see devices.h */
#include "run/devices.h"

#include <string.h>
#include <sys/mman.h>

#include "run/watch.h"

struct device {
	uint8_t index;
	bool ready, streams;
	char frame[4];
	struct reader reader;
	struct watch *watch;
};

static struct {
	const struct config *config;
	devices_call call;
	devices_turned turned;
	void *self;
	int n;
	bool busy;     /* a reader is at work: it may not be called */
	bool dropping; /* asked for meanwhile */
	struct device device[READERS_MAX];
} devices;

static int64_t now_ms(void)
{
	return g_get_monotonic_time() / 1000;
}

static void on_card(const struct card_reading *reading, void *user)
{
	const struct device *d = user;
	struct event event = {.kind = EVENT_CARD, .card = {.reader = d->index}};

	if (devices.dropping)
		return;
	event.card.reading = *reading;
	if (reading->result == CARD_NUMBER)
		event.card.accepted =
			card_accepts(&devices.config->readers[d->index].rules,
				     reading->number, &event.card.kind);
	devices.call(devices.self, &event);
}

static void on_state(const struct reader *reader, void *user)
{
	struct device *d = user;
	bool ready = reader_state_of(reader) == READER_ENABLED;
	bool streams = reader_streams(reader);
	struct event event = {.kind = EVENT_READER, .reader = {d->index, ready}};
	struct event stream = {.kind = EVENT_STREAM, .stream = {d->index, streams}};

	if (devices.dropping)
		return;
	if (ready != d->ready)
		devices.call(devices.self, &event);
	if (streams != d->streams)
		devices.call(devices.self, &stream);
	d->ready = ready;
	d->streams = streams;
}

static struct reader_sink sink_of(struct device *d)
{
	return (struct reader_sink){.card = on_card, .state = on_state, .user = d};
}

static void wait_for(struct device *d)
{
	watch_fd(d->watch, reader_fd(&d->reader), G_IO_IN);
	watch_time(d->watch, reader_deadline_ms(&d->reader));
}

static void drop_all(void)
{
	devices.dropping = true;
	for (int i = 0; i < devices.n; i++) {
		struct device *d = &devices.device[i];
		const struct reader_sink sink = sink_of(d);

		reader_disable(&d->reader, &sink);
		reader_enable(&d->reader, &sink);
		wait_for(d);
	}
	devices.dropping = false;
}

static void on_watch(void *self, GIOCondition condition)
{
	struct device *d = self;
	const struct reader_sink sink = sink_of(d);

	devices.busy = true;
	if (condition != 0)
		reader_on_readable(&d->reader, now_ms(), &sink);
	else
		reader_on_time(&d->reader, now_ms(), &sink);
	devices.busy = false;
	wait_for(d);
	if (devices.dropping)
		drop_all();
	devices.turned(devices.self);
}

struct reader_options devices_options(const struct reader_config *config, char frame[4])
{
	const struct line_config *line = &config->line;

	g_snprintf(frame, 4, "%d%c%d", line->data_bits, line->parity, line->stop_bits);
	return (struct reader_options){
		.device = line->device,
		.protocol = reader_protocol_find(config->protocol),
		.baud = (unsigned)line->baud,
		.frame = frame,
		.no_dtr = !line->dtr,
		.no_rts = !line->rts,
		.lrc = config->lrc,
		.parallax = strcmp(config->style, "parallax") == 0,
		.ean = config->ean,
		.bcc = config->bcc,
		.reverse = config->reverse,
		.rules = &config->rules,
	};
}

static void open_one(struct device *d, const struct reader_config *config)
{
	const struct reader_sink sink = sink_of(d);
	struct reader_options options = devices_options(config, d->frame);

	d->watch = watch_new(on_watch, d);
	reader_init(&d->reader, &options);
	reader_enable(&d->reader, &sink);
	reader_open(&d->reader, now_ms(), &sink);
	wait_for(d);
}

void devices_open(const struct config *config, devices_call call, devices_turned turned,
		  void *self)
{
	g_assert(devices.n == 0);
	devices.config = config;
	devices.call = call;
	devices.turned = turned;
	devices.self = self;
	devices.n = config->n_readers;
	if (mlock(&devices, sizeof(devices)) != 0)
		g_debug("card buffers are not locked into memory"); /* a limit; not needed to work */
	devices.busy = true;
	for (int i = 0; i < devices.n; i++) {
		devices.device[i] = (struct device){.index = (uint8_t)i};
		open_one(&devices.device[i], &config->readers[i]);
	}
	devices.busy = devices.dropping = false;
}

void devices_drop(void)
{
	if (devices.busy)
		devices.dropping = true;
	else
		drop_all();
}

void devices_demo_swipe(void)
{
	for (int i = 0; i < devices.n; i++)
		reader_demo_swipe(&devices.device[i].reader);
}

void devices_close(void)
{
	devices.dropping = true; /* nothing is told any more */
	for (int i = 0; i < devices.n; i++) {
		struct device *d = &devices.device[i];
		const struct reader_sink sink = sink_of(d);

		reader_close(&d->reader, &sink);
		watch_free(d->watch);
	}
	devices.dropping = false;
	devices.n = 0;
}
