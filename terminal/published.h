/* published.h - what head office published for a till, laid over its config.ini.
 *
 * A publication is text in the form of config.ini, for all tills, a region, a store or one till;
 * the narrower one is laid over the wider, all of them over config.ini, key by key.  A [question
 * NAME] takes the place of the whole local one; with `when=never` and nothing else it takes the
 * local one away.  [messages] holds sentences of messages.ini: thanks[ru]=...
 *
 * Only what a customer reads and how often may be published (the table in published.c).  Who
 * steals the server must not learn more of people, write anywhere else, or reach a device: the
 * database, devices, card rules, what is kept, the server, folders and PINs are the till's own.
 */
#ifndef TILLASK_PUBLISHED_H
#define TILLASK_PUBLISHED_H

#include <stdint.h>

#include "ini.h"

/* From wide to narrow. */
enum published_scope {
	PUBLISHED_ALL,
	PUBLISHED_REGION,
	PUBLISHED_STORE,
	PUBLISHED_TILL,
};
#define PUBLISHED_SCOPES (PUBLISHED_TILL + 1)

struct published {
	enum published_scope scope;
	const char *whose; /* "", "south", "017", "017/3" */
	int64_t version;
	const char *text;
	const char *
		name; /* how faults call it; NULL: "published for store 017, version 12" */
};

const char *published_scope_name(enum published_scope scope); /* "all", ..., "till" */
/* False: none of them. */
bool published_scope_from_name(const char *name, enum published_scope *scope);

/* Lays N publications, in the order of scopes, over INI.  What may not be published is a fault,
 * as is what ini_scan() finds; every line of them keeps its place (faults_source()). */
void published_lay(struct ini *ini, const struct published *p, int n,
		   struct faults *faults);

/* Does this line come from a publication? */
bool published_line(int line);

#endif
