/* storage.h - a database in a folder of its own, and saves as the core would make them. */
#ifndef TESTS_STORAGE_H
#define TESTS_STORAGE_H

#include "store/store.h"

struct storage {
	char *folder, *path;
	struct questionnaire questionnaire; /* overall, nps, goods, prices, words */
	struct store_options options;
	uint64_t ticket; /* given last */
};

/* FOLDER: NULL makes a temporary one. */
void storage_init(struct storage *f, const char *folder);
/* Removes the folder and all in it. */
void storage_clear(struct storage *f);

/* The id, day and times of visit number I: day 20000 and one minute a visit. */
struct id storage_id(uint32_t i);

/* Saves of visit I: its row with OUTCOME, alone, with an answer to QUESTION, with a card. */
struct save storage_visit(struct storage *f, uint32_t i, enum outcome outcome);
struct save storage_answer(struct storage *f, uint32_t i, uint8_t question,
			   int16_t value);
struct save storage_card(struct storage *f, uint32_t i, const char *card);
struct save storage_close(struct storage *f, uint32_t i, enum outcome outcome);
/* A whole visit: a card when I is even, three answers and the closing: 4 or 5 saves. */
void storage_whole(struct storage *f, struct store *store, uint32_t i);

/* Time number I of the queue, of its own. */
struct save storage_queue_time(struct storage *f, uint32_t i, bool held_out,
			       int32_t milliseconds);

/* Hands a save over; waits until everything is durable, at most MS. */
void storage_save(struct store *store, struct save save);
bool storage_wait(struct storage *f, struct store *store, int ms);

/* One number from the database at PATH, by a connection of its own; INT64_MIN for NULL. */
int64_t storage_number(const char *path, const char *sql);
/* The invariants of the store, and PRAGMA integrity_check; fails the test where one is broken. */
void storage_check(const char *path);

#endif
