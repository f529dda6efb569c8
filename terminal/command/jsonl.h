/* jsonl.h - one JSON object a line: numbers as numbers, absent as null. */
#ifndef TILLASK_COMMAND_JSONL_H
#define TILLASK_COMMAND_JSONL_H

#include <stdio.h>

#include "command/record.h"

/* Errors stay in OUT (ferror). */
void jsonl_row(FILE *out, const struct record *record);

#endif
