/* carry.h - `tillask sync --enrol`, `--bundle`, `--load`, and `tillask central enrol`: without a
 * network, people carry what is to be sent. */
#ifndef TILLASK_SYNC_CARRY_H
#define TILLASK_SYNC_CARRY_H

#include "command.h"

/* Makes this machine's key, if there is none, and prints the public one; with an argument: that
 * is head office's, which this till believes from now on. */
enum command_exit carry_enrol(struct invocation *call);

enum command_exit carry_bundle(struct invocation *call, const char *file);

/* FILE and the arguments: bundles at head office, acknowledgements at a till. */
enum command_exit carry_load(struct invocation *call, const char *file);

/* central enrol STORE/TILL KEY: bundles signed with KEY are taken in for this till. */
bool carry_enrol_till(struct invocation *call, const char *conninfo, GError **error);

#endif
