/* proof.h - what a day holds, as a short text that can be carried in a QR code.
 *
 *	TILLASK 017/3 2026-11-25 V120 A340 C57 S1001-1120 9F86D081...
 *
 * Visits, answers, card events, first and last seq, and the SHA-256 over the ids of the day's
 * visits, 16 bytes each, in their own order: a visit that was taken over into another database has
 * another seq there.  Head office computes the same over what arrived: README, "No network".
 * Capitals: they make a small code.
 */
#ifndef TILLASK_STORE_PROOF_H
#define TILLASK_STORE_PROOF_H

#include <glib.h>
#include <stdint.h>

/* Of the database at PATH on a business day, for STORE and TILL.  NULL and STORE_ERROR as
 * archive_open().  Blocks on the disk; the caller frees. */
char *proof_text(const char *path, const char *store, const char *till, int32_t day,
		 GError **error);

#endif
