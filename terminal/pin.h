/* pin.h - the manager's PIN and the cashiers', as Argon2id hashes in DATABASE.pin.
 *
 * A file beside the database, mode 0600, a line each: `manager HASH` or `cashier NUMBER HASH`.
 * It is written whole and durably, so a power cut leaves the old one or the new one.  A hash
 * takes about 64 MB and a tenth of a second or more: never on the main loop.  Any thread.
 */
#ifndef TILLASK_PIN_H
#define TILLASK_PIN_H

#include <glib.h>
#include <stdbool.h>

#define PIN_DIGITS_LEAST 4
#define PIN_DIGITS_MOST  12 /* PIN_MAX of core/effect.h: what the pages let one type */

#define PIN_ERROR (pin_error_quark())
GQuark pin_error_quark(void);
enum pin_error {
	PIN_ERROR_PIN,     /* not PIN_DIGITS_LEAST to _MOST digits */
	PIN_ERROR_CASHIER, /* not 1 to CASHIER_MAX digits */
	PIN_ERROR_FAILED, /* the file cannot be read or written, or memory for the hash */
};

/* Sets the PIN of CASHIER's number, or with "" the manager's, in the place of an older one.
 * Makes the database's folder (0700) if it is missing.  Blocks on the disk and the hash. */
bool pin_set(const char *database, const char *cashier, const char *pin, GError **error);

/* Whether PIN is right.  False too when none is set.  Blocks on the disk and the hash. */
bool pin_check(const char *database, const char *cashier, const char *pin);

/* Whether one is set; true too when the file is there and cannot be read, so that nothing opens
 * by mistake.  Blocks on the disk only. */
bool pin_is_set(const char *database, const char *cashier);

#endif
