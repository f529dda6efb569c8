/* sink.h - bytes on their way into a file: counted in blocks, and hashed where that is wanted.
 *
 * What is written stays in one buffer of the caller's memory until it is full: nothing is
 * allocated for a value, and the disk sees whole blocks.
 */
#ifndef TILLASK_EXPORT_SINK_H
#define TILLASK_EXPORT_SINK_H

#include <sodium.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define SINK_BYTES  65536
#define SHA256_SIZE crypto_hash_sha256_BYTES

struct sink {
	FILE *file;                       /* borrowed; NULL: only hashed */
	crypto_hash_sha256_state *sha256; /* likewise; NULL: not hashed */
	bool failed; /* errno of the first failure stays in `error` */
	int error;
	size_t used;
	char buffer[SINK_BYTES];
};

void sink_init(struct sink *s, FILE *file, crypto_hash_sha256_state *sha256);
/* Hands on what is in the buffer.  False: something could not be written. */
bool sink_flush(struct sink *s);

/* Room for N bytes (at most SINK_BYTES) to be filled by the caller, who then adds to `used`. */
static inline char *sink_room(struct sink *s, size_t n)
{
	if (n > SINK_BYTES - s->used)
		sink_flush(s);
	return s->buffer + s->used;
}

static inline void sink_byte(struct sink *s, char byte)
{
	*sink_room(s, 1) = byte;
	s->used++;
}

/* Any length. */
void sink_bytes_long(struct sink *s, const char *bytes, size_t n);
static inline void sink_bytes(struct sink *s, const char *bytes, size_t n)
{
	if (n > 4096) {
		sink_bytes_long(s, bytes, n);
		return;
	}
	memcpy(sink_room(s, n), bytes, n);
	s->used += n;
}

static inline void sink_text(struct sink *s, const char *text)
{
	sink_bytes(s, text, strlen(text));
}

#endif
