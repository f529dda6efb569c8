/* Any bytes, in any split, with any waiting: keys.c neither crashes nor takes Escape for what is
 * none, and how the reads were split changes nothing.
 *
 * Input: pairs of a length byte and that many bytes; a length over 200 is a pause.
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "screen/keys.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct log {
	int events, escapes, last_row;
};

static void take(void *self, const struct keys_event *event)
{
	struct log *log = self;

	log->events++;
	if (event->kind == KEYS_TOUCH) {
		assert(event->row >= 0 && event->col >= 0);
		log->last_row = event->row;
		return;
	}
	log->escapes += event->key == KEY_ESCAPE;
	assert((event->key == KEY_TEXT) == (event->character != 0));
	assert(event->character == 0 || event->character >= 0x20);
	assert(event->character < 0x7f || event->character >= 0xa0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct keys whole, single;
	struct log a = {0}, b = {0};
	int64_t now = 0;

	keys_init(&whole, NULL);
	keys_init(&single, NULL);
	while (size > 0) {
		size_t n = *data++;

		size--;
		now++;
		if (n > 200) {
			now += KEYS_PASTE_MS;
			keys_time(&whole, now, take, &a);
			keys_time(&single, now, take, &b);
			continue;
		}
		n = n < size ? n : size;
		keys_feed(&whole, data, n, now, take, &a);
		for (size_t i = 0; i < n; i++)
			keys_feed(&single, data + i, 1, now, take, &b);
		data += n;
		size -= n;
		assert(memcmp(&a, &b, sizeof(a)) == 0);
		assert(keys_deadline_ms(&whole) == keys_deadline_ms(&single));
	}
	return 0;
}
