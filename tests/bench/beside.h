/* beside.h - work that goes on beside a measurement, again and again until it is stopped. */
#ifndef TESTS_BENCH_BESIDE_H
#define TESTS_BENCH_BESIDE_H

#include <stdint.h>
#include <sys/types.h>

#include "tests/lib/shop.h"

/* VISITS closed visits of October 2024 into a database that nobody has open. */
void beside_fill(const char *database, uint32_t visits);

/* `tillask export` of those days, at nice 19. */
pid_t beside_export(const struct shop *shop);

/* Half a megabyte written into the shop's database, a checkpoint, 20 ms of pause. */
pid_t beside_checkpoint(const struct shop *shop);

void beside_stop(pid_t pid);

#endif
