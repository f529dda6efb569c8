/* facts.h - what is known of a card: a reading thread of its own. */
#ifndef TILLASK_STORE_FACTS_H
#define TILLASK_STORE_FACTS_H

#include "store/store.h"

struct facts;

/* OPTIONS are borrowed.  NOTIFY is an eventfd that is written to for every answer. */
struct facts *facts_new(const struct store_options *options, int notify);
/* Ends the thread (it reads for milliseconds) and frees. */
void facts_free(struct facts *f);

/* Other questions: those asked for from now on.  Any thread. */
void facts_take_questionnaire(struct facts *f, const struct questionnaire *questionnaire);

/* Any thread; never blocks for longer than a memory copy.  See store_lookup(), store_facts(). */
void facts_ask(struct facts *f, uint32_t lookup, const char *card, int32_t today);
bool facts_take(struct facts *f, uint32_t *lookup, struct card_facts *facts);

/* The file of this name is another one now: the connection is opened again. */
void facts_reopen(struct facts *f);

#endif
