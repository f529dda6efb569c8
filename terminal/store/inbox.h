/* inbox.h - what head office sent, as it is kept on the till: publications and recent cards.
 *
 *	fetched -> inbox_fetched() -> checked -> inbox_take() or inbox_refuse()
 *
 * Works beside a running terminal: a writing transaction takes INBOX_PIECE cards at most and about
 * 20 ms, and for as long as it took nothing is written after it, so that whoever looks for the lock
 * finds it free every second time.  Everything may block on the disk.  One thread at a time.
 */
#ifndef TILLASK_STORE_INBOX_H
#define TILLASK_STORE_INBOX_H

#include "config.h"

struct inbox;

/* NULL and STORE_ERROR as archive_open(), or when the file may not be written. */
struct inbox *inbox_open(const char *path, GError **error);
void inbox_close(struct inbox *b);

/* ---- publications ----------------------------------------------------------------------- */

enum inbox_state { INBOX_FETCHED, INBOX_GOOD };

struct inbox_set {
	int n;
	struct published p[PUBLISHED_SCOPES]; /* in the order of scopes */
	GStringChunk *strings;
};
void inbox_set_clear(struct inbox_set *set);

bool inbox_read(struct inbox *b, enum inbox_state state, struct inbox_set *out,
		GError **error);

/* These N came, in the place of what was fetched before. */
bool inbox_fetched(struct inbox *b, const struct published *p, int n, GError **error);
/* What was fetched last is in force from now on; or is not, and WHY. */
bool inbox_take(struct inbox *b, GError **error);
bool inbox_refuse(struct inbox *b, const char *why, GError **error);

/* How often other publications came into force in the database at PATH, which is only read; -1:
 * it cannot be read, or is older than the first publication.  *REFUSED (may be NULL): those that
 * were fetched last are not in force. */
int64_t inbox_taken(const char *path, bool *refused);

/* Why what was fetched last is not in force, "" when it is; the caller frees. */
char *inbox_refused(struct inbox *b);

/* ---- recent cards ----------------------------------------------------------------------- */

#define INBOX_PIECE           500
#define INBOX_KEY_BYTES       32
#define INBOX_PSEUDONYM_BYTES 16
#define INBOX_SINCE_MAX       40

/* When a card answered and declined last; DAY_NEVER. */
struct inbox_card {
	char card[CARD_NUMBER_MAX + 1]; /* as it is kept here; "" of one that came down */
	uint8_t pseudonym[INBOX_PSEUDONYM_BYTES];
	int32_t answered_day, declined_day;
};

/* The chain's key and the server's time up to which cards were fetched ("": none yet). */
struct inbox_chain {
	bool has_key;
	uint8_t key[INBOX_KEY_BYTES];
	char since[INBOX_SINCE_MAX];
};
bool inbox_chain(struct inbox *b, struct inbox_chain *out, GError **error);
/* KEY came down, another one than before, so of another server: what was fetched says nothing of
 * what is there, it begins anew.  Tokens of KEEP_TOKEN that were made with the former key tell the
 * server nothing and are forgotten as news. */
bool inbox_key(struct inbox *b, enum keep_mode mode, const uint8_t key[INBOX_KEY_BYTES],
	       GError **error);

/* At most N cards after the one called AFTER ("": from the first) of which the server does not
 * know yet; *FOUND of them. */
bool inbox_news(struct inbox *b, const char *after, struct inbox_card *cards, unsigned n,
		unsigned *found, GError **error);
/* It knows these N now, unless they answered or declined again meanwhile. */
bool inbox_news_known(struct inbox *b, const struct inbox_card *cards, unsigned n,
		      GError **error);

/* These N came down, the last of them of SINCE.  Puts them into the order of their pseudonyms. */
bool inbox_recent(struct inbox *b, struct inbox_card *cards, unsigned n,
		  const char *since, GError **error);
/* Forgets what happened before DAY. */
bool inbox_forget(struct inbox *b, int32_t day, GError **error);

/* ---- the configuration ------------------------------------------------------------------ */

/* *OUT: LOCAL with the publications of STATE kept in its database laid over it (config_with()); NULL:
 * there are none (FAULTS is empty), or the two together are not right.  False: the database cannot
 * be read, so nobody knows; *OUT is NULL. */
bool inbox_config(const struct config *local, enum inbox_state state,
		  struct faults *faults, struct config **out);

/* What a `run` that began now would use, for commands that need its questions: LOCAL with what is
 * good laid over it; without, or where the two are not right together, LOCAL again.  Never NULL;
 * config_free(). */
struct config *inbox_in_force(const struct config *local);

#endif
