/* lookup.h - what is known of a card: a reading thread of its own. */
#ifndef TILLASK_STORE_LOOKUP_H
#define TILLASK_STORE_LOOKUP_H

#include "store/store.h"

struct lookup;

/* OPTIONS are borrowed.  NOTIFY is an eventfd that is written to for every answer. */
struct lookup *lookup_new(const struct store_options *options, int notify);
/* Ends the thread (it reads for milliseconds) and frees. */
void lookup_free(struct lookup *l);

/* Other questions: those asked for from now on.  Any thread. */
void lookup_take_questionnaire(struct lookup *l,
			       const struct questionnaire *questionnaire);

/* Any thread; never blocks for longer than a memory copy.  See store_lookup(), store_facts(). */
void lookup_ask(struct lookup *l, uint32_t lookup, const char *card, int32_t today);
bool lookup_take(struct lookup *l, uint32_t *lookup, struct card_facts *facts);

/* The file of this name is another one now: the connection is opened again. */
void lookup_reopen(struct lookup *l);

#endif
