/* words.h - every sentence that people read on the terminal, in every language.
 *
 * The sentences are in messages.ini, which travels inside the program: adding a language is
 * adding a [language xx] group and the xx of each key there, and nothing else.  This table
 * names them for the program.  A sentence may hold {fields} (words_fill()); in what language
 * it is read is a number: the index into [terminal] languages.
 *
 * Two audiences: a customer's sentence exists in every language; a cashier's exists in Russian
 * and English, and stands for another language as its `cashier=` in messages.ini says.
 */
#ifndef TILLASK_WORDS_H
#define TILLASK_WORDS_H

#include "ini.h"

/* word, key in messages.ini */
#define WORDS_CUSTOMER(X)                                                                \
	X(REST, "rest")                                                                  \
	X(OFFER_1, "offer.1") /* one question; {n} */                                    \
	X(OFFER_2, "offer.2") /* two to four */                                          \
	X(OFFER_5, "offer.5") /* five */                                                 \
	X(VOLUNTARY, "voluntary")                                                        \
	X(PRESS, "press")                                                                \
	X(PRESS_TOUCH, "press_touch")                                                    \
	X(KEY_DECLINE, "key_decline")                                                    \
	X(KEY_DECLINE_ESC, "key_decline_esc") /* while words are typed, - is a letter */ \
	X(KEY_SKIP, "key_skip")                                                          \
	X(KEY_SKIP_SHORT, "key_skip_short")                                              \
	X(KEY_DONE, "key_done") /* Enter when something was typed */                     \
	X(KEY_BACK, "key_back")                                                          \
	X(KEY_RETURN, "key_return")     /* from the complaint */                         \
	X(KEY_LANGUAGE, "key_language") /* of the language it leads to */                \
	X(KEY_MORE, "key_more")         /* next page of choices */                       \
	X(PROGRESS, "progress")         /* {k} {n} */                                    \
	X(MORE_TIME, "more_time")                                                        \
	X(COMPLAIN, "complain")                                                          \
	X(COMPLAIN_SHORT, "complain_short")                                              \
	X(ANONYMOUS, "anonymous")                                                        \
	X(LINKED, "linked")                                                              \
	X(YES, "yes")                                                                    \
	X(NO, "no")                                                                      \
	X(COMPLAINT, "complaint") /* the wording of the complaint page */                \
	X(COMPLAINT_SAVED, "complaint_saved")                                            \
	X(THANKS, "thanks")                                                              \
	X(THANKS_NAME, "thanks_name") /* {name} */                                       \
	X(THANKS_PARTIAL, "thanks_partial")                                              \
	X(THANKS_UNSAVED, "thanks_unsaved")                                              \
	X(DECLINED, "declined")                                                          \
	X(DONE, "done")                                                                  \
	X(QR, "qr")

#define WORDS_CASHIER(X)                                     \
	X(READER_READY, "reader_ready")                      \
	X(READER_OFF, "reader_off")                          \
	X(TILL_READY, "till_ready")                          \
	X(TILL_OFF, "till_off")                              \
	X(DEVICE_STREAMS, "device_streams")                  \
	X(CARD_OK, "card_ok")           /* {last4} */        \
	X(CARD_OK_NAME, "card_ok_name") /* {last4} {name} */ \
	X(KIND_BONUS, "kind.bonus")                          \
	X(KIND_DISCOUNT, "kind.discount")                    \
	X(KIND_PRIVILEGE, "kind.privilege")                  \
	X(KIND_STAFF, "kind.staff")                          \
	X(CARD_REPEATED, "card_repeated")                    \
	X(CARD_ERROR, "card_error")                          \
	X(CARD_ERROR_3, "card_error_3")                      \
	X(CARD_FOREIGN, "card_foreign")                      \
	X(CARD_PAYMENT, "card_payment")                      \
	X(CARD_DOCUMENT, "card_document")                    \
	X(NOTHING_KEPT, "nothing_kept")                      \
	X(CARD_OTHER, "card_other")                          \
	X(CARD_STAFF, "card_staff")                          \
	X(CARD_COOLDOWN, "card_cooldown")                    \
	X(CARD_OFTEN, "card_often") /* {n} */                \
	X(BIRTHDAY, "birthday")                              \
	X(PAUSED, "paused") /* {time} */                     \
	X(RESUMED, "resumed")                                \
	X(SIGNED_IN, "signed_in") /* {n} */                  \
	X(WAITING, "waiting")     /* {n} */                  \
	X(NOT_SAVING, "not_saving")                          \
	X(CLOCK_WRONG, "clock_wrong")                        \
	X(SIGN_IN, "sign_in") /* title of F4 */              \
	X(SIGN_IN_CARD, "sign_in_card")                      \
	X(SIGN_IN_NUMBER, "sign_in_number")                  \
	X(NUMBER, "number") /* label of the field */         \
	X(PIN, "pin")       /* label of the field */         \
	X(PIN_ENTER, "pin_enter")                            \
	X(PIN_WRONG, "pin_wrong")                            \
	X(PIN_WAIT, "pin_wait") /* {n} */                    \
	X(MANAGER, "manager")   /* title of F10 */           \
	X(KEY_ESC_BACK, "key_esc_back")                      \
	X(SET_ASIDE, "set_aside")                            \
	X(EXPORT_FAILED, "export_failed")                    \
	X(PUBLISHED_REFUSED, "published_refused")            \
	X(MANAGER_DAY, "manager.day")                        \
	X(MANAGER_PROOF, "manager.proof")                    \
	X(MANAGER_SURVEY, "manager.survey")                  \
	X(MANAGER_QUEUE, "manager.queue")                    \
	X(MANAGER_DEVICES, "manager.devices")                \
	X(MANAGER_DATABASE, "manager.database")              \
	X(MANAGER_FILES, "manager.files")                    \
	X(MANAGER_TEST, "manager.test")                      \
	X(MANAGER_QUIT, "manager.quit")                      \
	X(MANAGER_SURE, "manager.sure")                      \
	X(MANAGER_YES_NO, "manager.yes_no")                  \
	X(NO_PIN, "no_pin")                                  \
	X(DATE, "date") /* {d} {m} {y} */                    \
	X(TODAY, "today")                                    \
	X(READING, "reading")                                \
	X(UNREAD, "unread")                                  \
	X(NO_VISITS, "no_visits")                            \
	X(KEYS_DAY, "keys_day")                              \
	X(KEYS_PROOF, "keys_proof")                          \
	X(KEYS_FILES, "keys_files")                          \
	X(KEYS_SURVEY, "keys_survey")                        \
	X(KEYS_AGAIN, "keys_again")                          \
	X(KEYS_NEXT, "keys_next")                            \
	X(PROOF_NEEDS, "proof_needs") /* {cols} {rows} */    \
	X(PROOF_NO_BLOCKS, "proof_no_blocks")                \
	X(RESPONSE, "response")                              \
	X(OFFERED, "offered")                                \
	X(OUTCOME_COMPLETED, "outcome.completed")            \
	X(OUTCOME_PARTIAL, "outcome.partial")                \
	X(OUTCOME_DECLINED, "outcome.declined")              \
	X(OUTCOME_IGNORED, "outcome.ignored")                \
	X(OUTCOME_NOT_ASKED, "outcome.not_asked")            \
	X(OUTCOME_INTERRUPTED, "outcome.interrupted")        \
	X(OUTCOME_COMPLAINT, "outcome.complaint")            \
	X(BY_HOUR, "by_hour")                                \
	X(HOURS_ANSWERED, "hours_answered")                  \
	X(HOURS_ASKED, "hours_asked")                        \
	X(ANSWERS, "answers")                                \
	X(WORDS_ELSEWHERE, "words_elsewhere")                \
	X(NPS, "nps")                                        \
	X(SHARE_YES, "share_yes")                            \
	X(SHARE_GOOD, "share_good")                          \
	X(SATISFIED, "satisfied")                            \
	X(MEAN, "mean")                                      \
	X(STAFF, "staff")                                    \
	X(MYSTERY, "mystery")                                \
	X(CUSTOMERS, "customers")                            \
	X(OTHER_VISITS, "other_visits")                      \
	X(TRAINING_VISITS, "training_visits")                \
	X(ANSWERS_NEXT, "answers_next")                      \
	X(PAUSE, "pause")                                    \
	X(TRAINING, "training")                              \
	X(SET_UNTIL, "set_until")                            \
	X(SET_OFF, "set_off")                                \
	X(OPENING_HOURS, "opening_hours")                    \
	X(HOURS_ALWAYS, "hours_always")                      \
	X(TRAINING_UNTIL, "training_until")                  \
	X(TRAINING_OVER, "training_over")                    \
	X(ANSWERS_STAFF, "answers_staff")                    \
	X(ANSWERS_MYSTERY, "answers_mystery")                \
	X(QUEUE_TIME, "queue_time")                          \
	X(QUEUE_HALF, "queue.half")                          \
	X(QUEUE_MOST, "queue.most")                          \
	X(QUEUE_ASKED, "queue.asked")                        \
	X(QUEUE_OUT, "queue.out")                            \
	X(QUEUE_COST, "queue.cost")                          \
	X(QUEUE_PERCENT, "queue.percent")                    \
	X(QUEUE_DAYS, "queue.days")                          \
	X(READER_FAILED, "reader_failed")                    \
	X(READER_CLEAN, "reader_clean")                      \
	X(SHORT_READY, "ready")                              \
	X(SHORT_OFF, "off")                                  \
	X(TILL_LINE, "till_line")                            \
	X(NO_READERS, "no_readers")                          \
	X(DB_FILE, "db.file")                                \
	X(DB_LOG, "db.log")                                  \
	X(DB_FREE, "db.free")                                \
	X(DB_VISITS, "db.visits")                            \
	X(DB_GENERATION, "db.generation")                    \
	X(DB_SAVING, "db.saving")                            \
	X(FILES_MAKING, "files.making")                      \
	X(FILES_DONE, "files.done")                          \
	X(FILES_FAILED, "files.failed")                      \
	X(FILES_DAY, "files.day")                            \
	X(TEST_NUMBER, "test.number")                        \
	X(FIG_UNKNOWN, "figure.unknown")                     \
	X(FIG_NO_ANSWERS, "figure.no_answers")               \
	X(FIG_HIDDEN, "figure.hidden")                       \
	X(FIG_FEW, "figure.few")                             \
	X(FIG_TOO_FEW, "figure.too_few")                     \
	X(FIG_ALL_EQUAL, "figure.all_equal")                 \
	X(TOO_SMALL, "too_small")                            \
	X(TOO_SMALL_NEEDS, "too_small_needs") /* {cols} {rows} */

/* Of reports, on the terminal, in mail, in HTML: lines of any width. */
#define WORDS_REPORT(X)                                      \
	X(R_STORE, "report.store")                           \
	X(R_MADE, "report.made")                             \
	X(R_OPEN, "report.open")                             \
	X(R_BEFORE, "report.before")                         \
	X(R_VISITS, "report.visits")                         \
	X(R_UNKNOWN, "report.unknown")                       \
	X(R_NO_ANSWERS, "report.no_answers")                 \
	X(R_HIDDEN, "report.hidden")                         \
	X(R_FEW, "report.few")                               \
	X(R_TOO_FEW, "report.too_few")                       \
	X(R_ALL_EQUAL, "report.all_equal")                   \
	X(R_SUM, "report.sum")                               \
	X(R_NPS, "report.nps")                               \
	X(R_SATISFIED, "report.satisfied")                   \
	X(R_YES_SHARE, "report.yes_share")                   \
	X(R_GOOD_SHARE, "report.good_share")                 \
	X(R_ANSWERS, "report.answers")                       \
	X(R_WORDS, "report.words")                           \
	X(R_MEAN, "report.mean")                             \
	X(R_WEIGHTED, "report.weighted")                     \
	X(R_SKIPPED, "report.skipped")                       \
	X(R_CHANGE, "report.change")                         \
	X(R_EARLIER, "report.earlier")                       \
	X(R_BETTER, "report.better")                         \
	X(R_WORSE, "report.worse")                           \
	X(R_SAME, "report.same")                             \
	X(R_BROKEN, "report.broken")                         \
	X(R_FROM_DAY, "report.from_day")                     \
	X(R_TREND, "report.trend")                           \
	X(R_DISTRIBUTION, "report.distribution")             \
	X(R_BY_HOUR, "report.by_hour")                       \
	X(R_BY_WEEKDAY, "report.by_weekday")                 \
	X(R_BY_CASHIER, "report.by_cashier")                 \
	X(R_BY_LANGUAGE, "report.by_language")               \
	X(R_BY_CARD_KIND, "report.by_card_kind")             \
	X(R_BY_SEGMENT, "report.by_segment")                 \
	X(R_BY_FLAG, "report.by_flag")                       \
	X(R_BY_RESPONDENT, "report.by_respondent")           \
	X(R_MON, "report.mon")                               \
	X(R_TUE, "report.tue")                               \
	X(R_WED, "report.wed")                               \
	X(R_THU, "report.thu")                               \
	X(R_FRI, "report.fri")                               \
	X(R_SAT, "report.sat")                               \
	X(R_SUN, "report.sun")                               \
	X(R_CUSTOMER, "report.customer")                     \
	X(R_STAFF, "report.staff")                           \
	X(R_MYSTERY, "report.mystery")                       \
	X(R_GAP, "report.gap")                               \
	X(R_NO_KIND, "report.no_kind")                       \
	X(R_TOP, "report.top")                               \
	X(R_OTHERS, "report.others")                         \
	X(R_ALL, "report.all")                               \
	X(R_UNFLAGGED, "report.unflagged")                   \
	X(R_THAN_OTHERS_BETTER, "report.than_others_better") \
	X(R_THAN_OTHERS_WORSE, "report.than_others_worse")   \
	X(R_CASHIERS_NOTE, "report.cashiers_note")           \
	X(R_RATES, "report.rates")                           \
	X(R_RESPONSE, "report.response")                     \
	X(R_OFFER, "report.offer")                           \
	X(R_PAUSED_SHARE, "report.paused_share")             \
	X(R_NO_TILL, "report.no_till")                       \
	X(R_OUTCOMES, "report.outcomes")                     \
	X(R_COMPLETED, "report.completed")                   \
	X(R_PARTIAL, "report.partial")                       \
	X(R_DECLINED, "report.declined")                     \
	X(R_IGNORED, "report.ignored")                       \
	X(R_NOT_ASKED, "report.not_asked")                   \
	X(R_INTERRUPTED, "report.interrupted")               \
	X(R_COMPLAINTS, "report.complaints")                 \
	X(R_COOLDOWN, "report.cooldown")                     \
	X(R_SAMPLE, "report.sample")                         \
	X(R_PAUSED, "report.paused")                         \
	X(R_BUDGET, "report.budget")                         \
	X(R_STAFF_CARD, "report.staff_card")                 \
	X(R_RETURN, "report.return")                         \
	X(R_NO_QUESTIONS, "report.no_questions")             \
	X(R_SECONDS, "report.seconds")                       \
	X(R_P50, "report.p50")                               \
	X(R_P95, "report.p95")                               \
	X(R_RATE_BY_HOUR, "report.rate_by_hour")             \
	X(R_CAUSES, "report.causes")                         \
	X(R_MORE_OFTEN, "report.more_often")                 \
	X(R_LESS_OFTEN, "report.less_often")                 \
	X(R_CAUSES_BY_POINT, "report.causes_by_point")       \
	X(R_CRITICS, "report.critics")                       \
	X(R_CRITICS_NOTE, "report.critics_note")             \
	X(R_CUSTOMERS, "report.customers")                   \
	X(R_RETENTION, "report.retention")                   \
	X(R_CHURN, "report.churn")                           \
	X(R_ACTIVE_START, "report.active_start")             \
	X(R_ACTIVE_END, "report.active_end")                 \
	X(R_NEW, "report.new")                               \
	X(R_RETURNED, "report.returned")                     \
	X(R_LOST, "report.lost")                             \
	X(R_SLEEPING, "report.sleeping")                     \
	X(R_MONEY, "report.money")                           \
	X(R_BILL, "report.bill")                             \
	X(R_BILL_NET, "report.bill_net")                     \
	X(R_PAYMENTS, "report.payments")                     \
	X(R_CHURN_COST, "report.churn_cost")                 \
	X(R_CHURN_YEAR, "report.churn_year")                 \
	X(R_CHURN_INCOME, "report.churn_income")             \
	X(R_LIFETIME, "report.lifetime")                     \
	X(R_NEW_COST, "report.new_cost")                     \
	X(R_NEW_COST_FULL, "report.new_cost_full")           \
	X(R_NO_NEW, "report.no_new")                         \
	X(R_LOYAL, "report.loyal")                           \
	X(R_CLASS_BILL, "report.class_bill")                 \
	X(R_CLASS_VISITS, "report.class_visits")             \
	X(R_PROMOTERS, "report.promoters")                   \
	X(R_PASSIVES, "report.passives")                     \
	X(R_CRITIC, "report.critic")                         \
	X(R_TOP_SHARE, "report.top_share")                   \
	X(R_FUNNEL, "report.funnel")                         \
	X(R_PASSED, "report.passed")                         \
	X(R_ENTERED, "report.entered")                       \
	X(R_BOUGHT, "report.bought")                         \
	X(R_ASKED, "report.asked")                           \
	X(R_ANSWERED, "report.answered")                     \
	X(R_CONTRADICTION, "report.contradiction")           \
	X(R_QUEUE, "report.queue")                           \
	X(R_QUEUE_ASKED, "report.queue_asked")               \
	X(R_QUEUE_HELD_OUT, "report.queue_held_out")         \
	X(R_QUEUE_COST, "report.queue_cost")                 \
	X(R_CASHIERS, "report.cashiers")                     \
	X(R_FLAGS, "report.flags")                           \
	X(R_FLAG_ANY, "report.flag_any")                     \
	X(R_FLAG_FAST, "report.flag_fast")                   \
	X(R_FLAG_SAME_KEY, "report.flag_same_key")           \
	X(R_FLAG_OFTEN, "report.flag_often")                 \
	X(R_FLAG_STAFF, "report.flag_staff")                 \
	X(R_FLAG_NO_SALE, "report.flag_no_sale")             \
	X(R_ACTIONS, "report.actions")                       \
	X(R_ACTION_BEFORE, "report.action_before")           \
	X(R_ACTION_AFTER, "report.action_after")             \
	X(R_RESPONSIBLE, "report.responsible")               \
	X(R_CAUSE_SHEET, "report.cause_sheet")               \
	X(R_NOBODY, "report.nobody")                         \
	X(R_FIRST, "report.first")                           \
	X(R_FIRST_FELL, "report.first_fell")                 \
	X(R_FIRST_CRITICS, "report.first_critics")           \
	X(R_FIRST_CAUSE, "report.first_cause")               \
	X(R_FIRST_QUEUE, "report.first_queue")               \
	X(R_FIRST_NOTHING, "report.first_nothing")           \
	X(R_FIRST_FEW, "report.first_few")                   \
	X(R_MISSING, "report.missing")                       \
	X(R_MISSING_TILL, "report.missing_till")             \
	X(R_MISSING_CARDS, "report.missing_cards")           \
	X(R_MISSING_MARKETING, "report.missing_marketing")   \
	X(R_MISSING_WAGES, "report.missing_wages")           \
	X(R_MISSING_PASSED, "report.missing_passed")         \
	X(R_MISSING_ENTERED, "report.missing_entered")       \
	X(R_MISSING_QUEUE, "report.missing_queue")

/* Of the HTML report alone. */
#define WORDS_PAPER(X)                                     \
	X(P_WHAT, "report.paper_what")                     \
	X(P_VALUE, "report.paper_value")                   \
	X(P_COUNT, "report.paper_count")                   \
	X(P_QUESTION, "report.paper_question")             \
	X(P_QUESTIONS, "report.paper_questions")           \
	X(P_EACH, "report.paper_each")                     \
	X(P_WRONG, "report.paper_wrong")                   \
	X(P_VISITS, "report.paper_visits")                 \
	X(P_PEOPLE, "report.paper_people")                 \
	X(P_NOTHING_BEFORE, "report.paper_nothing_before") \
	X(P_DAY, "report.paper_day")                       \
	X(P_DAYS, "report.paper_days")                     \
	X(P_TREND_TELLS, "report.paper_trend_tells")       \
	X(P_ACTION, "report.paper_action")                 \
	X(P_RESPONSIBLE, "report.paper_responsible")       \
	X(P_CAUSE, "report.paper_cause")                   \
	X(P_HOW_OFTEN, "report.paper_how_often")           \
	X(P_MEASURE, "report.paper_measure")               \
	X(P_DEADLINE, "report.paper_deadline")             \
	X(P_DONE, "report.paper_done")                     \
	X(P_SHEET_HOW, "report.paper_sheet_how")           \
	X(P_SIGNED, "report.paper_signed")                 \
	X(P_READING, "report.paper_reading")               \
	X(P_READ_DOT, "report.paper_read_dot")             \
	X(P_READ_FEW, "report.paper_read_few")             \
	X(P_READ_LOW, "report.paper_read_low")             \
	X(P_READ_HIGH, "report.paper_read_high")           \
	X(P_READ_REFERENCE, "report.paper_read_reference") \
	X(P_READ_BAND, "report.paper_read_band")           \
	X(P_READ_FLAG, "report.paper_read_flag")           \
	X(P_READ_CHANGE, "report.paper_read_change")       \
	X(P_READ_SAME, "report.paper_read_same")           \
	X(P_READ_MARK, "report.paper_read_mark")

/* The summary sheet of a day's workbook; as a cashier's: Russian and English. */
#define WORDS_SUMMARY(X)                      \
	X(SUMMARY, "summary")                 \
	X(SUMMARY_STORE, "summary_store")     \
	X(SUMMARY_TILL, "summary_till")       \
	X(SUMMARY_DAY, "summary_day")         \
	X(SUMMARY_OUTCOME, "summary_outcome") \
	X(SUMMARY_VISITS, "summary_visits")   \
	X(SUMMARY_HOUR, "summary_hour")       \
	X(SUMMARY_BY_HOUR, "summary_by_hour") \
	X(SUMMARY_ANSWERS, "summary_answers") \
	X(SUMMARY_ALL, "summary_all")

enum word {
#define WORDS_ENUM(word, key) WORD_##word,
	WORDS_CUSTOMER(WORDS_ENUM) WORDS_CASHIER(WORDS_ENUM) WORDS_REPORT(WORDS_ENUM)
		WORDS_PAPER(WORDS_ENUM) WORDS_SUMMARY(WORDS_ENUM)
#undef WORDS_ENUM
			WORDS
};
#define WORDS_CUSTOMER_LAST WORD_QR

struct words;

/*
 * The sentences of N languages, CODES being [terminal] languages ("ru", "en", ...) in that
 * order.  What messages.ini lacks for one of them (a code that it does not know, a key) is
 * added to FAULTS, and English stands in its place; never NULL.  Copies what it needs.
 */
struct words *words_new(const char *const *codes, int n, struct faults *faults);
void words_free(struct words *words);

/* The sentence, UTF-8, never NULL; lives as long as WORDS. LANGUAGE in 0..n-1. */
const char *words_text(const struct words *words, enum word word, int language);

/* The customer's sentence of this key, or WORDS when there is none. */
enum word words_find(const char *key);

/* Another TEXT for a sentence in one language; copied. */
void words_say(struct words *words, enum word word, int language, const char *text);

/* Its key in messages.ini. */
const char *words_key(enum word word);

/* The codes that messages.ini has a [language xx] of, in its order; g_strfreev() frees. */
char **words_languages(void);

/*
 * A sample of the [question NAME] groups of messages.ini, which have the form of config.ini:
 * KEY is "text", "low", "high" or "choices" (a list for ini_list()).  NULL if there is none in
 * that language.  words_sample(words, "improve", "choices", i) are the nine reasons of a
 * complaint, words_text(words, WORD_COMPLAINT, i) is its wording.
 */
const char *words_sample(const struct words *words, const char *name, const char *key,
			 int language);

/*
 * Writes TEXT into OUT with its {fields} filled: pairs of name and value, then NULL:
 *	words_fill(out, sizeof(out), text, "k", "2", "n", "3", NULL);
 * A field that is not given stays as it is; what does not fit SIZE bytes is cut between
 * characters.  Always NUL-terminated.
 */
void words_fill(char *out, size_t size, const char *text, ...) G_GNUC_NULL_TERMINATED;

#endif
