/* health.h - what `tillask check` asks of a database: looks, changes and recovers nothing.
 *
 * Works beside a running terminal.  Blocks on the disk for as long as it takes to read the
 * whole file once.  Any thread.
 */
#ifndef TILLASK_STORE_HEALTH_H
#define TILLASK_STORE_HEALTH_H

#include <stdint.h>

/* Up to HEALTH_OLDER `run` goes on with it. */
enum health_state {
	HEALTH_ABSENT, /* no such file: `run` makes one */
	HEALTH_FINE,
	HEALTH_OLDER,      /* an older schema: `run` brings it up to date */
	HEALTH_NEWER,      /* `run` refuses it */
	HEALTH_FOREIGN,    /* an SQLite file of another program: `run` refuses it */
	HEALTH_DAMAGED,    /* `run` sets it aside and begins a new one */
	HEALTH_UNREADABLE, /* no right, a folder, a failing disk */
};

struct health {
	enum health_state state;
	int schema, newest_schema; /* of the file, of this program */
	/* HEALTH_FINE only: */
	int64_t newest_ms; /* time of the newest row, or INT64_MIN */
	uint32_t backlog;  /* records that the server has not acknowledged */
	char why[256];     /* DAMAGED, UNREADABLE: what was found */
};

void health_of(const char *path, struct health *out);

#endif
