/* bench.h - what `make bench` measures, a function a row of the table.
 *
 * Each drives the real program and its floor in the same way, by turns, and prints its lines of
 * the table (sample.h).  What is equal on both sides and what is not stands at each.
 */
#ifndef TESTS_BENCH_BENCH_H
#define TESTS_BENCH_BENCH_H

struct bench {
	const char *tillask; /* the program */
	const char *floors;  /* the folder of the floors' programs */
	int rounds;
};

void bench_keys(const struct bench *bench); /* key -> next question; last key -> thanks */
void bench_garbage(const struct bench *bench);    /* keys while every port streams */
void bench_swipes(const struct bench *bench);     /* last byte of a swipe -> toast */
void bench_survey(const struct bench *bench);     /* memory after 10,000 visits; start */
void bench_rest(const struct bench *bench);       /* processor and wake-ups at rest */
void bench_visits(const struct bench *bench);     /* durable visits a second */
void bench_figures(const struct bench *bench);    /* NPS by day of a year */
void bench_sync_send(const struct bench *bench);  /* 1 million rows, once and again */
void bench_sync_chain(const struct bench *bench); /* three servers */
void bench_sync_crowd(const struct bench *bench); /* 200 tills at once */

#endif
