#include "sync/pause.h"

int64_t pause_ms(int failures, uint32_t dice)
{
	int64_t pause = PAUSE_LEAST_MS;

	for (int i = 1; i < failures && pause < PAUSE_MOST_MS; i++)
		pause *= 2;
	if (pause > PAUSE_MOST_MS)
		pause = PAUSE_MOST_MS;
	return pause / 2 + (int64_t)((uint64_t)pause * dice >> 32);
}

int64_t pause_left_ms(int64_t not_before_ms, int64_t now_ms)
{
	if (not_before_ms <= now_ms ||
	    not_before_ms - now_ms > PAUSE_MOST_MS + PAUSE_MOST_MS / 2)
		return 0;
	return not_before_ms - now_ms;
}
