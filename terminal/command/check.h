/* check.h - the checks of `tillask check`: small functions over one configuration.
 *
 * Each says one line or more: `ok|warn|FAIL  WHAT: DETAIL; WHAT TO DO NEXT`.  A new check is a
 * function and its row in check.c.
 */
#ifndef TILLASK_COMMAND_CHECK_H
#define TILLASK_COMMAND_CHECK_H

#include <glib.h>

#include "config.h"
#include "store/health.h"
#include "words.h"

enum level { LEVEL_OK, LEVEL_WARN, LEVEL_FAIL };

struct checker {
	const struct config *config; /* as the terminal uses it */
	const struct config *local;  /* config.ini alone */
	struct config *published;    /* both, or NULL */
	struct words *words;
	struct health health; /* of the database */
	bool running;         /* a terminal holds this database, */
	const char *status;   /* and this it says of itself, as STATUS does; or NULL */
	const char *what;     /* the row being run: begins its lines */
	int fails;
};

/* One line; no full stop or line end in FORMAT. */
void check_say(struct checker *c, enum level level, const char *format, ...)
	G_GNUC_PRINTF(3, 4);

/* check_published.c */
/* Fills `config` and `published`; FETCHED: with what was fetched last instead of what is in
 * force. */
void check_lay_published(struct checker *c, bool fetched);
void check_published(struct checker *c); /* what came from where */

/* check_texts.c */
void check_fit(struct checker *c);  /* every text on every declared screen */
void check_code(struct checker *c); /* that of the thanks page on every declared screen */
void check_letters(struct checker *c); /* every letter in this locale */

/* check_devices.c */
void check_devices(struct checker *c); /* opens and closes each */
void check_socket(struct checker *c);

/* check_disk.c */
void check_database(struct checker *c);
void check_set_aside(struct checker *c); /* damaged ones that wait for recover */
void check_space(struct checker *c);
/* Whether PATH is there and may be written, or can be made; else errno says why not. */
bool check_is_writable(const char *path);

/* check_export.c */
void check_export(struct checker *c); /* its folder */
void check_days(struct checker *c);   /* the daily files until yesterday */

/* check_server.c */
void check_server(struct checker *c); /* asks tillask-sync */
void check_backlog(struct checker *c);

#endif
