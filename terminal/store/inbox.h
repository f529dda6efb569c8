/* inbox.h - what head office sent, as it is kept on the till: publications and recent cards.
 *
 *	fetched -> inbox_fetched() -> checked -> inbox_take() or inbox_refuse()
 *
 * Works beside a running terminal: writing transactions last about 20 ms, with pauses in between.
 * Everything may block on the disk.  One thread at a time.
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
 * it cannot be read, or is older than the first publication. */
int64_t inbox_taken(const char *path);

/* Why what was fetched last is not in force, "" when it is; the caller frees. */
char *inbox_refused(struct inbox *b);

/* LOCAL's file, read again, with the publications of STATE kept in its database laid over it.
 * NULL: there are none (FAULTS is empty), or the two together are not right. */
struct config *inbox_config(const struct config *local, enum inbox_state state,
			    struct faults *faults);

#endif
