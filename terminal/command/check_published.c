#include "command/check.h"

#include <string.h>

#include "store/inbox.h"

/* Each fault is a line of its own. */
static void say_faults(struct checker *c, const struct faults *faults, const char *next)
{
	g_autofree char *text = faults_text(faults);
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	for (int i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
		check_say(c, LEVEL_FAIL, "%s%s", lines[i], next);
}

static void say_refused(struct checker *c)
{
	struct inbox *inbox = inbox_open(c->local->database, NULL);
	g_autofree char *why = inbox != NULL ? inbox_refused(inbox) : NULL;

	if (inbox != NULL)
		inbox_close(inbox);
	if (why != NULL && *why != '\0')
		check_say(c, LEVEL_FAIL,
			  "head office published something else, which is not used: %s; "
			  "what was in force before stays until it publishes again",
			  why);
}

void check_lay_published(struct checker *c, bool fetched)
{
	struct faults *faults = faults_new(c->local->file);

	c->what = "published";
	inbox_config(c->local, fetched ? INBOX_FETCHED : INBOX_GOOD, faults,
		     &c->published);
	say_faults(c, faults,
		   fetched ? ""
			   : "; what is published is not used, config.ini alone is: mend "
			     "it, or publish again");
	faults_free(faults);
	c->config = c->published != NULL ? c->published : c->local;
}

void check_published(struct checker *c)
{
	const GArray *origins = c->published != NULL ? c->published->origins : NULL;

	for (guint i = 0; origins != NULL && i < origins->len; i++) {
		const struct config_origin *o = &g_array_index(origins,
							       struct config_origin, i);
		check_say(c, LEVEL_OK, "%s: %s", o->what, o->where);
	}
	if (origins == NULL && c->fails == 0)
		check_say(c, LEVEL_OK, "nothing; config.ini alone is used");
	say_refused(c);
}
