#include "tests/bench/round.h"

#include <glib.h>

void round_of(struct side *side, int visits, struct times *times)
{
	static struct samples next, last;

	next.n = last.n = 0;
	for (int v = 0; v < visits; v++) {
		side_next_customer(side);
		for (int i = 0; i < SIDE_QUESTIONS; i++) {
			side_pause(side);
			sample_add(i + 1 < SIDE_QUESTIONS ? &next : &last,
				   side_answer(side, i));
		}
		side_pause(side);
	}
	if (times == NULL)
		return;
	sample_round(&times->next50, sample_percentile(&next, 50));
	sample_round(&times->next99, sample_percentile(&next, 99));
	sample_round(&times->last50, sample_percentile(&last, 50));
	sample_round(&times->last99, sample_percentile(&last, 99));
}

void round_beside(const struct bench *bench, struct side *ours, struct side *page,
		  const char *what)
{
	g_autofree char *p50 = g_strdup_printf("key -> next question beside %s, p50",
					       what);
	g_autofree char *p99 = g_strdup_printf("key -> next question beside %s, p99",
					       what);
	struct times product = {0}, floor = {0};

	for (int i = 0; i < bench->rounds; i++) {
		round_of(ours, ROUND_VISITS, &product);
		round_of(page, ROUND_VISITS, &floor);
	}
	sample_note(p50, &product.next50, &floor.next50, 1, "us");
	sample_at_most_times(p99, &product.next99, &floor.next99, 1, "us", 3);
}
