/* dispatch.c - see dispatch.h */
#include "run/dispatch.h"

#include <string.h>

static void show(struct dispatch *d)
{
	struct page page;

	counter_page(&d->counter, &page);
	d->world.show(d->world.self, &page);
}

static void carry_out(struct dispatch *d, const struct effect *e)
{
	const struct world *w = &d->world;

	switch (e->kind) {
	case EFFECT_SHOW:
		show(d);
		break;
	case EFFECT_SAVE:
		w->save(w->self, &e->save);
		break;
	case EFFECT_LOOKUP:
		w->lookup(w->self, e->lookup.lookup, e->lookup.card);
		break;
	case EFFECT_DRAIN:
		w->drain(w->self, true);
		break;
	case EFFECT_DRAIN_KEYS:
		w->drain(w->self, false);
		break;
	case EFFECT_CHECK_PIN:
		w->check_pin(w->self, e->pin.cashier, e->pin.pin);
		break;
	case EFFECT_ASK_PIN_SET:
		w->ask_pin_set(w->self);
		break;
	case EFFECT_DEMO_SWIPE:
		w->demo_swipe(w->self);
		break;
	case EFFECT_INQUIRE:
		w->inquire(w->self, &e->inquiry);
		break;
	case EFFECT_MAKE_FILES:
		w->make_files(w->self, e->day);
		break;
	case EFFECT_QUIT:
		w->quit(w->self);
		break;
	}
}

void dispatch_init(struct dispatch *d, const struct world *world,
		   const struct rules *rules, const uint8_t seed[32])
{
	struct moment now;

	d->world = *world;
	world->now(world->self, &now);
	counter_init(&d->counter, rules, seed, &now);
	show(d);
	world->wake_at(world->self, counter_wake_ms(&d->counter));
}

bool dispatch_take_rules(struct dispatch *d, const struct rules *rules)
{
	if (!counter_take_rules(&d->counter, rules))
		return false;
	show(d);
	d->world.wake_at(d->world.self, counter_wake_ms(&d->counter));
	return true;
}

void dispatch_event(struct dispatch *d, const struct event *event)
{
	struct moment now;
	struct effects effects;

	d->world.now(d->world.self, &now);
	counter_step(&d->counter, event, &now, &effects);
	for (uint8_t i = 0; i < effects.count; i++)
		carry_out(d, &effects.effect[i]);
	explicit_bzero(effects.effect,
		       effects.count * sizeof(effects.effect[0])); /* a PIN */
	d->world.wake_at(d->world.self, counter_wake_ms(&d->counter));
}
