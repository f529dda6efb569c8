/* run_till_desk: what the till is answered, and what the core hears of it */
#include <glib.h>
#include <string.h>

#include "run/till_desk.h"

struct fixture {
	struct dispatch dispatch;
	struct config *config;
	struct moment now;
	uint64_t ticket;
	struct card_event_row card; /* the latest one saved */
	char said[TILL_LINE_MAX];
};

static void world_now(void *self, struct moment *out)
{
	*out = ((struct fixture *)self)->now;
}

static void world_show(void *self, const struct page *page)
{
	(void)self;
	(void)page;
}

static void world_save(void *self, const struct save *save)
{
	struct fixture *f = self;

	f->ticket = save->ticket;
	if (save->has_card_event)
		f->card = save->card_event;
}

static void world_lookup(void *self, uint32_t lookup, const char *card)
{
	(void)self;
	(void)lookup;
	(void)card;
}

static void world_drain(void *self, bool readers_too)
{
	(void)self;
	(void)readers_too;
}

static void world_check_pin(void *self, const char *cashier, const char *pin)
{
	(void)self;
	(void)cashier;
	(void)pin;
}

static void world_nothing(void *self)
{
	(void)self;
}

static void world_wake_at(void *self, int64_t mono_ms)
{
	(void)self;
	(void)mono_ms;
}

static const char text[] =
	"[terminal]\nlanguage=en\nlanguages=en\ntimezone=Europe/Moscow\n"
	"[survey]\nquestions=1\nholdout_percent=0\n"
	"[question overall]\nkind=smiley\nwhen=always\ntext[en]=Well?\n"
	"low[en]=bad\nhigh[en]=good\n"
	"[reader a]\ndevice=demo\nprotocol=magstripe\nprefix=9643\n"
	"[reader b]\ndevice=demo\nprotocol=magstripe\nprefix=6399\n"
	"[cards staff]\nprefix=9644\n[till]\n";

static void set_up(struct fixture *f, gconstpointer data)
{
	const struct world world = {
		.self = f,
		.now = world_now,
		.show = world_show,
		.save = world_save,
		.lookup = world_lookup,
		.drain = world_drain,
		.check_pin = world_check_pin,
		.ask_pin_set = world_nothing,
		.demo_swipe = world_nothing,
		.wake_at = world_wake_at,
		.quit = world_nothing,
	};
	static const uint8_t seed[32] = {1};
	struct faults *faults = faults_new("config.ini");

	(void)data;
	f->config = config_parse("/x/config.ini", text, strlen(text), faults);
	if (f->config == NULL)
		g_error("%s", faults_text(faults));
	faults_free(faults);
	f->now = (struct moment){
		.mono_ms = 1000000, .utc_ms = INT64_C(1780000000000), .day = 20601};
	dispatch_init(&f->dispatch, &world, &f->config->rules, seed);
}

static void tear_down(struct fixture *f, gconstpointer data)
{
	(void)data;
	config_free(f->config);
}

static const char *say(struct fixture *f, const char *line)
{
	struct till_line parsed;

	f->now.mono_ms += 5000;
	f->now.utc_ms += 5000;
	till_line_parse(line, strlen(line), &parsed);
	till_desk_answer(&f->dispatch, f->config, &parsed, f->ticket, f->said,
			 sizeof(f->said));
	return f->said;
}

static void test_pay(struct fixture *f, gconstpointer data)
{
	struct id visit;
	char id[ID_TEXT_MAX];
	g_autofree char *expected = NULL, *status = NULL, *idle = NULL;

	(void)data;
	idle = g_strdup_printf("OK visit=none reader=off waiting=0 saved=yes paused=no"
			       " clock=ok config=%s",
			       f->config->mark);
	g_assert_cmpstr(say(f, "STATUS"), ==, idle);
	say(f, "PAY receipt=17 total=5");
	visit = counter_visit(&f->dispatch.counter);
	g_assert_false(id_is_none(&visit));
	id_format(&visit, id);
	expected = g_strdup_printf("OK visit=%s", id);
	g_assert_cmpstr(f->said, ==, expected);
	status = g_strdup_printf(
		"OK visit=%s reader=off waiting=0 saved=yes paused=no clock=ok config=%s",
		id, f->config->mark);
	g_assert_cmpstr(say(f, "STATUS"), ==, status);
	f->ticket--;
	g_assert_nonnull(strstr(say(f, "STATUS"), "saved=no"));
	f->ticket++;
	g_assert_cmpstr(say(f, "PAID"), ==, "OK");
	g_assert_cmpstr(say(f, "HOLD"), ==, "OK");
	g_assert_cmpstr(say(f, "RESUME receipt=17"), ==, "OK");
	g_assert_cmpstr(say(f, "CANCEL"), ==, "OK");
}

/* The numbers below are the card brands' published test numbers. */
static void test_cards(struct fixture *f, gconstpointer data)
{
	static const char *const refused[] = {
		"CARD 4111111111111111",
		"CARD 4111 1111 1111 1111",
		"CARD 4111-1111-1111-1111",
		"CARD 2200000000000004",
		"CARD B4111111111111111",
		"CARD 9643 4111111111111111",
		"CARD ;4111111111111111=29121010000000000000?",
		"CARD %B4111111111111111^TEST/CARD^2912?",
		"CARD 4600000000060", /* typed, so the exception for EANs does not hold */
		"CARD 6390000000000005",
	};
	static const char *const documents[] = {"CARD 636014012345678",
						"CARD ;636014012345678=2402",
						"CARD P<UTOERIKSSON<<ANNA"};

	(void)data;
	for (size_t i = 0; i < G_N_ELEMENTS(refused); i++) {
		g_assert_cmpstr(say(f, refused[i]), ==, "ERR refused payment-card");
		g_assert_cmpint(f->card.result, ==, CARD_EVENT_REFUSED_PAYMENT);
		g_assert_cmpstr(f->card.card, ==, "");
	}
	for (size_t i = 0; i < G_N_ELEMENTS(documents); i++) {
		g_assert_cmpstr(say(f, documents[i]), ==, "ERR refused id-document");
		g_assert_cmpint(f->card.result, ==, CARD_EVENT_REFUSED_DOCUMENT);
		g_assert_cmpstr(f->card.card, ==, "");
	}
	g_assert_cmpstr(say(f, "CARD 9643001000000017"), ==, "OK");
	g_assert_cmpint(f->card.result, ==, CARD_EVENT_ACCEPTED);
	g_assert_cmpint(f->card.reader, ==, READER_SOCKET);
	g_assert_cmpstr(f->card.card, ==, "9643001000000017");
	/* a Maestro number that is a prefix of one reader of two */
	g_assert_cmpstr(say(f, "CARD 6399000000000003"), ==, "OK");
	g_assert_cmpstr(say(f, "CARD 7777001234567890"), ==,
			"ERR foreign: begins with no prefix= of config.ini");
	g_assert_cmpint(f->card.result, ==, CARD_EVENT_FOREIGN);
	g_assert_cmpstr(f->card.card, ==, "");
	g_assert_true(g_str_has_prefix(say(f, "CARD 123"), "ERR a card number"));
	g_assert_true(g_str_has_prefix(say(f, "CARD 9643-1"), "ERR a card number"));
	g_assert_true(
		g_str_has_prefix(say(f, "CARD 96430010000000179643001000000017964300100"),
				 "ERR a card number"));
}

/* A till's software that takes a bank card's number for a receipt's: the sale counts, the number
 * is nowhere. */
static void test_card_as_receipt(struct fixture *f, gconstpointer data)
{
	(void)data;
	say(f, "PAY receipt=4111111111111111 total=5");
	g_assert_true(g_str_has_prefix(f->said, "OK visit="));
	g_assert_true(g_str_has_suffix(f->said, " refused=receipt"));
	g_assert_cmpstr(f->dispatch.counter.visit.row.receipt, ==, "");
	g_assert_cmpint(f->dispatch.counter.visit.row.total, ==, 500);
	say(f, "PAY receipt=18 total=5 cashier=B4111111111111111");
	g_assert_true(g_str_has_suffix(f->said, " refused=cashier"));
	g_assert_cmpstr(f->dispatch.counter.visit.row.receipt, ==, "18");
	g_assert_cmpstr(f->dispatch.counter.visit.row.cashier, ==, "");
	g_assert_cmpstr(say(f, "RESUME receipt=4111111111111111"), ==,
			"OK refused=receipt");
	say(f,
	    "PAY receipt=9282000100123456 total=5 cashier=12"); /* of the fiscal kind */
	g_assert_null(strstr(f->said, "refused"));
	g_assert_cmpstr(f->dispatch.counter.visit.row.receipt, ==, "9282000100123456");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add("/till-desk/pay", struct fixture, NULL, set_up, test_pay, tear_down);
	g_test_add("/till-desk/card-as-receipt", struct fixture, NULL, set_up,
		   test_card_as_receipt, tear_down);
	g_test_add("/till-desk/cards", struct fixture, NULL, set_up, test_cards,
		   tear_down);
	return g_test_run();
}
