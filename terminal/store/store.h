/* store.h - the durable store of a running terminal: one writer, on a thread of its own.
 *
 * A database is one SQLite file in WAL mode with synchronous=FULL.  `run` holds it by the lock
 * file DATABASE.lock for as long as it runs; only then is anything recovered.  Other commands
 * read it through store/read.h, store/copy.h and store/takeover.h while this one writes.
 *
 *	store_save() -> ring -> store thread: one transaction, fsync -> store_fd() readable,
 *	store_saved_ticket() is the greatest ticket that is durable
 *
 * A commit that failed is outcome unknown: the thread rolls back, closes and opens the database
 * again and repeats the same rows by their ids until they are durable, with a back-off of 0.1 to
 * 5 s; store_trouble() says why meanwhile.  Saves that wait are committed together.  A database
 * found damaged is set aside (renamed), also while running, and a new generation begun.
 *
 * The process ignores SIGXFSZ and SIGPIPE (a quota would kill it otherwise): store_open() sees to
 * that.  All functions but store_open() and store_close() return at once and may be called on the
 * main thread only.
 */
#ifndef TILLASK_STORE_STORE_H
#define TILLASK_STORE_STORE_H

#include <glib.h>

#include "config.h"
#include "core/findings.h"
#include "core/queue_cost.h"
#include "core/rows.h"

/* Borrowed until store_close(), with all that it points to. */
struct store_options {
	const char *path;  /* the database file; its folder is made (0700) if missing */
	const char *store; /* [terminal] store */
	const char *till;
	const char *currency; /* "RUB" */
	const struct questionnaire *questionnaire;
	uint8_t languages; /* how many; visit_row.language is an index into these */
	const char *const *language; /* "ru", "en", ... */
	uint8_t readers; /* how many; card_event_row.reader is an index into these */
	const char *const *reader; /* names of the [reader] groups */
	/* what is kept of a cashier: nothing, a pseudonym, the number */
	enum cashiers_mode cashiers;
	/* of a card: its number; a keyed BLAKE2b of it (the key is in the database); nothing but
	 * its kind, and then no card is ever known.  Number and token come with the mask */
	enum keep_mode keep;
};

#define STORE_ERROR (store_error_quark())
GQuark store_error_quark(void);
enum store_error {
	STORE_ERROR_LOCKED, /* another `run` holds the database: the message has its pid */
	STORE_ERROR_NEWER,  /* written by a newer tillask */
	STORE_ERROR_FAILED, /* cannot be opened, read or written: the message says why */
};

struct store;

/*
 * Takes the lock, opens or creates the database (0600), migrates it, registers the wording of
 * the questionnaire, closes visits left open (as their rows say) and starts the threads.  Blocks
 * for as long as that takes.  NULL and ERROR when the database is held by another, is newer,
 * belongs to another program, or may not be opened or written at all.  A full or failing disk is
 * no error: the terminal goes on, store_trouble() tells, and the thread goes on trying.
 */
struct store *store_open(const struct store_options *options, GError **error);

/* Where a damaged database was moved to (by store_open() or later), or NULL.  The manager is to
 * be told, with `tillask recover FILE`.  Valid until store_close(). */
const char *store_set_aside(struct store *store);

/* utc_ms of the newest row at store_open(), or INT64_MIN: for clock_init(). */
int64_t store_newest_ms(const struct store *store);

/* What the queue waited in earlier runs, as read by store_open(); valid until store_close(). */
const struct queue_past *store_queue_past(const struct store *store);

/* Hands one transaction to the store thread: copied, never blocks, never allocates.  Tickets
 * count up by one from 1.  At most STORE_RING saves may be waiting (asserted). */
#define STORE_RING 1024
void store_save(struct store *store, const struct save *save);

/* Other questions and languages for what is handed over from now on; path, store, till, readers
 * and what is kept must be the same.  Borrowed as those of store_open().  Nothing may be waiting
 * (asserted). */
void store_take_options(struct store *store, const struct store_options *options);

/* Readable when a ticket, trouble, facts, findings, or the backlog are new.  store_clear() makes it
 * unreadable again: call it before looking. */
int store_fd(const struct store *store);
void store_clear(struct store *store);

/* Everything up to this ticket is durable; 0: nothing yet. */
uint64_t store_saved_ticket(const struct store *store);

enum store_trouble {
	STORE_FINE,
	STORE_FULL,    /* no room on the disk, or a quota is reached */
	STORE_FAILING, /* the disk answers with errors, or may not be written */
	STORE_BUSY,    /* another process holds the database for seconds */
};
/* Why nothing is being saved at present.  TEXT (may be NULL) gets a sentence for a log. */
enum store_trouble store_trouble(struct store *store, char text[256]);

/* Asks what is known of a card's number on the business day TODAY, as of the visits closed so
 * far (so a swipe never counts itself).  Answered on a reading
 * connection of its own, however slow the writer is.  A newer question replaces one that waits. */
void store_lookup(struct store *store, uint32_t lookup, const char *card, int32_t today);
/* The answer that came last, once: false when there is no new one. */
bool store_facts(struct store *store, uint32_t *lookup, struct card_facts *facts);

/* Asks what the manager's pages show; answered likewise, on a thread that nothing else waits
 * for.  A newer inquiry replaces one that waits. */
void store_inquire(struct store *store, const struct inquiry *inquiry);
/* The answer that came last, once: false when there is no new one. */
bool store_findings(struct store *store, struct findings *findings);

/* Records that the server has not acknowledged: visits (each with its answers and cards) and
 * card events of no visit.  As counted at the start and by the last store_count(), and those
 * saved since. */
uint32_t store_backlog(const struct store *store);
/* Asks for a new count (the server may have taken some): once a minute is enough. */
void store_count(struct store *store);

/* Waits until everything handed over is durable, at most TIMEOUT_MS, then ends the threads and
 * frees.  A write in which the disk hangs is not interrupted: then this waits no longer than the
 * timeout either; the thread frees all, the lock too, when the disk lets it go, and what the
 * options point to must live until then.  True when all was durable. */
bool store_close(struct store *store, int timeout_ms);

#endif
