/* jsonl.h - one JSON object a line: numbers as numbers, absent as null. */
#ifndef TILLASK_EXPORT_JSONL_H
#define TILLASK_EXPORT_JSONL_H

#include "export/record.h"
#include "export/sink.h"

/* A text between quotes, escaped. */
void jsonl_text(struct sink *out, const char *text);

/* Faults stay in the sink. */
void jsonl_row(struct sink *out, const struct record *record);

#endif
