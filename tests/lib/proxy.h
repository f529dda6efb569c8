/*
 * proxy: a network between a client and a server on loopback, to be cut anywhere
 *
 * Serves one connection after the other on a thread of its own.  Bytes are counted from the
 * beginning of each connection.
 */
#ifndef TESTS_PROXY_H
#define TESTS_PROXY_H

#include <glib.h>

struct proxy;

enum proxy_way { PROXY_TO_SERVER, PROXY_TO_CLIENT };

/* To 127.0.0.1:TARGET. */
struct proxy *proxy_new(int target);
void proxy_free(struct proxy *p);
/* Where clients connect, on 127.0.0.1. */
int proxy_port(const struct proxy *p);

/* Connections from now on are cut, both ways, after so many bytes on this way; -1: never. */
void proxy_cut(struct proxy *p, enum proxy_way way, gint64 bytes);
/* Once: so many bytes after the beginning of the first TEXT (static memory) that comes on this
 * way in one piece. */
void proxy_cut_at(struct proxy *p, enum proxy_way way, const char *text, int after);
/* From this place on nothing passes, but the connection stands: a dead network. */
void proxy_stall(struct proxy *p, enum proxy_way way, gint64 bytes);
/* How many passed in the connection that was begun last. */
gint64 proxy_passed(const struct proxy *p, enum proxy_way way);

#endif
