#include "drivers/presentation.h"

/* FNV-1a, 64 bits; never 0. */
static uint64_t fingerprint_of(const char *number)
{
	uint64_t hash = UINT64_C(14695981039346656037);

	for (; *number; number++)
		hash = (hash ^ (unsigned char)*number) * UINT64_C(1099511628211);
	return hash | 1;
}

bool presentation_begins(struct presentation *p, const char *number, int64_t now_ms)
{
	uint64_t fingerprint = fingerprint_of(number);
	bool again = fingerprint == p->fingerprint &&
		     now_ms - p->last_ms < PRESENTATION_MS;

	p->fingerprint = fingerprint;
	p->last_ms = now_ms;
	return !again;
}
