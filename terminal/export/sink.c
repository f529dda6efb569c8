#include "export/sink.h"

#include <errno.h>

void sink_init(struct sink *s, FILE *file, crypto_hash_sha256_state *sha256)
{
	s->file = file;
	s->sha256 = sha256;
	s->failed = false;
	s->error = 0;
	s->used = 0;
}

bool sink_flush(struct sink *s)
{
	if (s->sha256 != NULL)
		crypto_hash_sha256_update(s->sha256, (const uint8_t *)s->buffer, s->used);
	if (s->file != NULL && !s->failed &&
	    fwrite(s->buffer, 1, s->used, s->file) != s->used) {
		s->failed = true;
		s->error = errno;
	}
	s->used = 0;
	return !s->failed;
}

void sink_bytes_long(struct sink *s, const char *bytes, size_t n)
{
	while (n > 0) {
		size_t part = n < 4096 ? n : 4096;
		memcpy(sink_room(s, part), bytes, part);
		s->used += part;
		bytes += part;
		n -= part;
	}
}
