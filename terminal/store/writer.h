/* writer.h - the connection that writes: opens, sets aside, closes what was left open, saves.
 *
 * Store thread only (and store_open() before the thread starts).  Everything may block on the
 * disk.  After any result but WRITER_OK of writer_save() or writer_recover() nothing is known of
 * the transaction: it may be durable or not.  Repeating it is harmless, also on another
 * connection: a visit and a card event are put by id, an answer by visit and question, and a
 * visit is closed once.
 */
#ifndef TILLASK_STORE_WRITER_H
#define TILLASK_STORE_WRITER_H

#include "store/database.h"
#include "store/keep.h"
#include "store/store.h"

enum writer_result {
	WRITER_OK,
	WRITER_FULL,    /* no room */
	WRITER_BUSY,    /* held by another process for longer than a second */
	WRITER_FAILING, /* the disk answers with errors */
	WRITER_DENIED,  /* may not be opened or written */
	WRITER_DAMAGED,
	WRITER_NEWER,   /* schema */
	WRITER_FOREIGN, /* another program's database */
};

struct writer {
	const struct store_options *options;
	struct database database;
	char text[256]; /* of the last result that is not WRITER_OK */
	uint8_t secret[KEEP_SECRET_BYTES];
	bool has_secret;
	/* what keys the tokens of cards: the chain's key where one came down, else the secret */
	uint8_t card_secret[KEEP_SECRET_BYTES];
	int64_t newest_ms;       /* when opened; INT64_MIN: no row */
	struct queue_past queue; /* when opened */
	int64_t till;
	int64_t wording[QUESTIONS_MAX];
	struct id visit; /* the visit found last is visit.n = visit_n, open */
	int64_t visit_n;
};

void writer_init(struct writer *w, const struct store_options *options);

/*
 * Opens the database, creating, migrating and registering what is missing.  A damaged one, with
 * SET_ASIDE any, is renamed first, and a new generation begun, which keeps the secret of the old
 * one where that can be read.  *ASIDE: where the old one was moved to, for g_free(), or NULL.  A
 * new file appears whole or not at all.  Whatever the result, it is closed before it is opened.
 */
enum writer_result writer_open(struct writer *w, bool set_aside, char **aside);
void writer_close(struct writer *w);

/* Registers what its options name, which have changed since it was opened. */
enum writer_result writer_register(struct writer *w);

/* Closes every open visit with the outcome that its row holds: one transaction. */
enum writer_result writer_recover(struct writer *w);

/* Records in the outbox. */
enum writer_result writer_backlog(struct writer *w, uint32_t *records);

/* N saves as one transaction. */
enum writer_result writer_save(struct writer *w, const struct save *saves, unsigned n);

#endif
