/* packet.h - a signed text file that people carry: a bundle of a till, an acknowledgement.
 *
 *	tillask-bundle 2		the format; or tillask-acknowledgement 1
 *	store 017
 *	till 3
 *	generation 8f14e45fceea167a5a36dedd4bea2543
 *	key HEX				the signer's public key
 *	...				lines of its kind: bundle.h
 *	signature HEX			Ed25519ph over every byte before this line
 *
 * Whether the signer is believed is the reader's affair.
 */
#ifndef TILLASK_SYNC_PACKET_H
#define TILLASK_SYNC_PACKET_H

#include "store/outbox.h"
#include "sync/key.h"

enum packet_kind { PACKET_BUNDLE, PACKET_ACKNOWLEDGEMENT };

struct packet {
	enum packet_kind kind;
	GMappedFile *file;
	char *store, *till;
	struct id generation;
	uint8_t key[KEY_BYTES];
	const char *at, *end; /* the lines not read yet */
};

/* Writes the head of a packet of WHOSE. */
void packet_head(struct signer *s, enum packet_kind kind, const char *store,
		 const char *till, const struct id *generation,
		 const uint8_t key[KEY_BYTES]);

/* Opens the file and verifies its signature.  False and G_FILE_ERROR: it cannot be read, is none,
 * is cut off, damaged, or of a newer tillask.  A bundle of format 1, which has no heartbeat, is
 * read as well. */
bool packet_open(struct packet *p, const char *path, GError **error);
void packet_clear(struct packet *p);

/* The next line, without its end; *LENGTH of it.  NULL: there is none. */
const char *packet_line(struct packet *p, gsize *length);

#endif
