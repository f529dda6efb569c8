/* till_display.c - see till_display.h */
#include "run/till_display.h"

#include "run/watch.h"

static struct {
	const struct till_config *till; /* NULL: closed */
	devices_call call;
	devices_turned turned;
	void *self;
	struct display_tables tables;
	struct display_line line;
	struct sale sale;
	struct watch *watch;
	bool ready, streams;
	bool closing; /* nothing is told any more */
} shown;

static int64_t now_ms(void)
{
	return g_get_monotonic_time() / 1000;
}

static void tell_pole(const struct display_look *look)
{
	struct event event = {.kind = EVENT_POLE};

	for (int i = 0; i < POLE_LINES; i++)
		g_strlcpy(event.pole.line[i], look->line[i], sizeof(event.pole.line[i]));
	shown.call(shown.self, &event);
}

static void on_look(const struct display_look *look, void *user)
{
	struct till_event events[SALE_EVENTS_MAX];
	int n;

	(void)user;
	if (shown.closing)
		return;
	if (shown.till->show)
		tell_pole(look);
	n = sale_look(&shown.sale, &shown.till->sale, look->line[0], look->line[1],
		      look->kicked, events);
	for (int i = 0; i < n; i++)
		shown.call(shown.self,
			   &(struct event){.kind = EVENT_TILL, .till = events[i]});
}

static void no_card(const struct card_reading *reading, void *user)
{
	(void)reading;
	(void)user;
}

static void on_state(const struct reader *reader, void *user)
{
	bool ready = reader_state_of(reader) == READER_ENABLED;

	bool streams = reader_streams(reader);
	struct event stream = {.kind = EVENT_STREAM, .stream = {DEVICE_TILL, streams}};

	(void)user;
	if (shown.closing)
		return;
	if (ready != shown.ready)
		shown.call(shown.self,
			   &(struct event){.kind = EVENT_TILL_LINE, .ready = ready});
	if (streams != shown.streams)
		shown.call(shown.self, &stream);
	shown.ready = ready;
	shown.streams = streams;
}

static const struct reader_sink sink = {.card = no_card, .state = on_state};

static void wait_for(void)
{
	watch_fd(shown.watch, reader_fd(&shown.line.reader), G_IO_IN);
	watch_time(shown.watch, reader_deadline_ms(&shown.line.reader));
}

static void on_watch(void *self, GIOCondition condition)
{
	(void)self;
	if (condition != 0)
		reader_on_readable(&shown.line.reader, now_ms(), &sink);
	else
		reader_on_time(&shown.line.reader, now_ms(), &sink);
	wait_for();
	shown.turned(shown.self);
}

void till_display_options(const struct till_config *till,
			  struct display_line_options *options,
			  struct display_tables *tables)
{
	const struct line_config *line = &till->line;
	static char frame[4]; /* one [till] a process */

	g_snprintf(frame, sizeof(frame), "%d%c%d", line->data_bits, line->parity,
		   line->stop_bits);
	tables->n = till->code_tables.n;
	for (int i = 0; i < tables->n; i++) {
		tables->row[i].number = till->code_tables.row[i].number;
		code_page_find(till->code_tables.row[i].encoding, &tables->row[i].page);
	}
	*options = (struct display_line_options){
		.device = line->device,
		.baud = (unsigned)line->baud,
		.frame = frame,
		.dtr = line->dtr,
		.rts = line->rts,
		.display.protocol = display_protocol_find(till->protocol),
		.display.tables = tables,
	};
	options->display.has_page = code_page_find(till->encoding,
						   &options->display.page);
}

void till_display_open(const struct till_config *till, devices_call call,
		       devices_turned turned, void *self)
{
	struct display_line_options options;

	if (!till->present || *till->line.device == '\0')
		return;
	shown.till = till;
	shown.call = call;
	shown.turned = turned;
	shown.self = self;
	till_display_options(till, &options, &shown.tables);
	display_line_init(&shown.line, &options, on_look, NULL);
	shown.watch = watch_new(on_watch, NULL);
	shown.ready = true; /* only what is wrong is told */
	shown.streams = false;
	reader_enable(&shown.line.reader, &sink);
	reader_open(&shown.line.reader, now_ms(), &sink);
	wait_for();
}

void till_display_close(void)
{
	if (shown.till == NULL)
		return;
	shown.closing = true;
	reader_close(&shown.line.reader, &sink);
	watch_free(shown.watch);
	shown.till = NULL;
}
