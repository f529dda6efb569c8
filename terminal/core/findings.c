#include "core/findings.h"

bool findings_day_is_empty(const struct day_findings *day)
{
	return day->visits == 0 && day->outcome[OUTCOME_COMPLAINT] == 0 &&
	       day->staff == 0 && day->mystery == 0 && day->training == 0;
}
