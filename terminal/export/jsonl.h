/* jsonl.h - one JSON object a line: numbers as numbers, absent as null. */
#ifndef TILLASK_EXPORT_JSONL_H
#define TILLASK_EXPORT_JSONL_H

#include <stdio.h>

#include "export/record.h"

/* Errors stay in OUT (ferror). */
void jsonl_row(FILE *out, const struct record *record);

#endif
