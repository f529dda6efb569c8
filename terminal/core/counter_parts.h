/* counter_parts.h - between the files of counter: nobody else includes it. */
#ifndef TILLASK_CORE_COUNTER_PARTS_H
#define TILLASK_CORE_COUNTER_PARTS_H

#include "core/counter.h"

/* counter.c */
/* Where the language key leads from LANGUAGE. */
uint8_t counter_next_language(const struct counter *c, uint8_t language);
void counter_show_notice(struct counter *c, struct step *step, struct notice notice);
/* Closes the visit; the screen and the keyboard are as new.  KEEP_KEYS: it was closed by the
 * next customer's own key. */
void counter_close(struct counter *c, struct step *step, bool keep_keys);
/* Nobody stands there any more: all that was this customer's is gone. */
void counter_reset(struct counter *c, struct step *step, bool keep_keys);
/* The manager's pages are up, past the PIN: they get every key, and cards are dropped. */
bool counter_manages(const struct counter *c);
/* The store is so far behind that nothing new is begun. */
bool counter_is_behind(const struct counter *c);
/* And so far that what is open takes no more keys. */
bool counter_is_full(const struct counter *c);
/* The page over the others goes; what stands below has its time again. */
void counter_uncover(struct counter *c, struct step *step);
/* The till is in the middle of a sale, whether its visit is still open or not. */
bool counter_sale_is_open(const struct counter *c);
/* A visit was opened by a card and nothing is known of it yet: the page at rest still stands. */
bool counter_is_undecided(const struct counter *c);
/* Closes everything for good: EFFECT_QUIT. */
void counter_quit(struct counter *c, struct step *step);
/* Opens a visit and settles what can be settled without its card: pause, return, draw. */
void counter_open(struct counter *c, struct step *step, enum trigger trigger,
		  enum sale_kind kind);
/* The visit waits and may be asked now: offers, or says why not.  True: the reason must be
 * saved. */
bool counter_ask(struct counter *c, struct step *step);
/* Withdraws or refuses the offer for REASON; the greeting stands as long as it should. */
void counter_not_asked(struct counter *c, struct step *step, enum reason reason);
/* A plan for the open visit, from deck and dice as they were before this customer: the
 * question on the screen at rest stays unless the card rules it out. */
void counter_plan(struct counter *c, struct plan *plan);
/* A card or sale begins: cashier's pages make way, a complaint stays with its customer. */
void counter_make_way(struct counter *c, struct step *step);

/* The local minute of the day in LATER_MS, 0..1439. */
int16_t counter_minute(const struct counter *c, int64_t later_ms);

/* CASHIER is at the till from now on. */
void counter_sign_in(struct counter *c, const char *cashier);

/* counter_mode.c */
/* Training and a chosen respondent end by themselves. */
void counter_mode_wake(struct counter *c, struct step *step);
/* V is about to be closed: a respondent chosen by the manager was chosen for it alone. */
void counter_answered(struct counter *c, const struct visit *v);
void counter_manager_key(struct counter *c, struct step *step, enum key key,
			 uint32_t character);
void counter_manager_page(const struct counter *c, struct page *page);
/* Outside opening hours, and nobody has been there for a while: PAGE_ASLEEP. */
bool counter_is_asleep(const struct counter *c);
/* Somebody presses a key.  True: it wakes the screen and does nothing else, since its meaning
 * was not on the screen. */
bool counter_wakes_by(struct counter *c, enum key key, uint32_t character);

/* counter_key.c */
void counter_pause(struct counter *c, struct step *step);
void counter_key(struct counter *c, struct step *step, enum key key, uint32_t character);
/* The question that stands on the screen while nobody is there, or NULL. */
const struct question *counter_rest_question(const struct counter *c);

/* counter_card.c */
void counter_card(struct counter *c, struct step *step, const struct event *event);
/* What is known of the visit's card; NULL: the answer did not come in time. */
void counter_facts(struct counter *c, struct step *step, const struct card_facts *facts);

/* counter_till.c */
/* The sale does not stand still any more: its visit has its time again. */
void counter_go_on(struct counter *c, struct step *step);
void counter_till(struct counter *c, struct step *step, const struct till_event *till);

#endif
