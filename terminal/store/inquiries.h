/* inquiries.h - what the manager's pages show of the database: a reading thread of its own.
 *
 * Opens its connection with the first inquiry and closes it after each, so that a terminal whose
 * manager never looks has none.  A database that cannot be read now is said in the findings.
 */
#ifndef TILLASK_STORE_INQUIRIES_H
#define TILLASK_STORE_INQUIRIES_H

#include "core/findings.h"
#include "store/store.h"

struct inquiries;

/* OPTIONS are borrowed.  NOTIFY is an eventfd that is written to for every answer. */
struct inquiries *inquiries_new(const struct store_options *options, int notify);
/* Interrupts what is being read, ends the thread and frees.  INQUIRY_PROOF, one day over a
 * connection of its own, is read to its end. */
void inquiries_free(struct inquiries *q);

/* Other languages for what is asked from now on, as store_take_options(). */
void inquiries_take_options(struct inquiries *q, const struct store_options *options);

/* Any thread; never blocks for longer than a memory copy.  A newer inquiry replaces one that
 * waits. */
void inquiries_ask(struct inquiries *q, const struct inquiry *inquiry);
/* The answer that came last, once. */
bool inquiries_take(struct inquiries *q, struct findings *findings);

/* The answer itself, on the calling thread; OUT is wholly written.  Blocks on the disk. */
void inquiries_answer(const struct store_options *options, const struct inquiry *inquiry,
		      struct findings *out);

#endif
