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
	X(PIN_WAIT, "pin_wait")                              \
	X(MANAGER, "manager") /* title of F10 */             \
	X(KEY_ESC_BACK, "key_esc_back")                      \
	X(KEY_QUIT, "key_quit")                              \
	X(NOT_PAUSED, "not_paused")                          \
	X(SET_ASIDE, "set_aside")                            \
	X(TOO_SMALL, "too_small")                            \
	X(TOO_SMALL_NEEDS, "too_small_needs") /* {cols} {rows} */

enum word {
#define WORDS_ENUM(word, key) WORD_##word,
	WORDS_CUSTOMER(WORDS_ENUM) WORDS_CASHIER(WORDS_ENUM)
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
