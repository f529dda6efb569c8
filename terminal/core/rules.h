/* rules.h - what config.ini says about asking, as the core takes it.  Read-only. */
#ifndef TILLASK_CORE_RULES_H
#define TILLASK_CORE_RULES_H

#include "core/questionnaire.h"

enum offer { OFFER_REST, OFFER_BEGUN, OFFER_TOTAL };

/* From config.ini; times in ms, checked there. */
struct rules {
	const struct questionnaire *questionnaire;
	enum offer offer;
	int32_t answer_ms; /* [survey] answer_seconds */
	int32_t grace_ms;
	int32_t thanks_ms;
	uint16_t cooldown_days;
	uint16_t declined_days;
	uint16_t sleeping_after_days;
	uint8_t sample_percent;
	uint8_t holdout_percent;
	int32_t queue_budget_ms; /* what asking may cost the queue, a sale */
	uint8_t languages;       /* how many */
	uint8_t language;        /* index of the one at rest */
	uint16_t
		hidden_languages; /* a bit each: the screen lacks letters of it; never `language` */
	uint8_t readers; /* how many [reader] groups */
	bool has_till;
	uint16_t min_n; /* figures from fewer answers are hidden */
	/* opening hours, local minutes; closes may be 1440 or lie after midnight; equal: always */
	int16_t opens_min, closes_min;
};

#endif
