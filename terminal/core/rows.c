#include "core/rows.h"

const char *outcome_name(enum outcome o)
{
	static const char *const names[] = {
		[OUTCOME_COMPLETED] = "completed", [OUTCOME_PARTIAL] = "partial",
		[OUTCOME_DECLINED] = "declined",   [OUTCOME_IGNORED] = "ignored",
		[OUTCOME_NOT_ASKED] = "not_asked", [OUTCOME_INTERRUPTED] = "interrupted",
		[OUTCOME_COMPLAINT] = "complaint",
	};
	return names[o];
}

const char *reason_name(enum reason r)
{
	static const char *const names[] = {
		[REASON_NONE] = "",
		[REASON_COOLDOWN] = "cooldown",
		[REASON_SAMPLE] = "sample",
		[REASON_PAUSED] = "paused",
		[REASON_BUDGET] = "budget",
		[REASON_STAFF] = "staff",
		[REASON_RETURN] = "return",
		[REASON_NO_QUESTIONS] = "no_questions",
		[REASON_TRAINING] = "training",
	};
	return names[r];
}

const char *trigger_name(enum trigger t)
{
	static const char *const names[] = {
		[TRIGGER_KEY] = "key",
		[TRIGGER_CARD] = "card",
		[TRIGGER_SALE] = "sale",
	};
	return names[t];
}

const char *sale_kind_name(enum sale_kind k)
{
	static const char *const names[] = {
		[SALE_NONE] = "",
		[SALE_SALE] = "sale",
		[SALE_RETURN] = "return",
		[SALE_VOID] = "void",
	};
	return names[k];
}

const char *tender_name(enum tender t)
{
	static const char *const names[] = {
		[TENDER_NONE] = "",
		[TENDER_CASH] = "cash",
		[TENDER_CARD] = "card",
	};
	return names[t];
}

const char *respondent_name(enum respondent r)
{
	static const char *const names[] = {
		[RESPONDENT_CUSTOMER] = "customer",
		[RESPONDENT_STAFF] = "staff",
		[RESPONDENT_MYSTERY] = "mystery",
	};
	return names[r];
}

const char *card_event_result_name(enum card_event_result r)
{
	static const char *const names[] = {
		[CARD_EVENT_ACCEPTED] = "accepted",
		[CARD_EVENT_REPEATED] = "repeated",
		[CARD_EVENT_REPLACED] = "replaced",
		[CARD_EVENT_FOREIGN] = "foreign",
		[CARD_EVENT_REFUSED_PAYMENT] = "refused payment-card",
		[CARD_EVENT_REFUSED_DOCUMENT] = "refused id-document",
		[CARD_EVENT_ERROR] = "error",
	};
	return names[r];
}
