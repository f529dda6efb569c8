/* key.h - who signs: the Ed25519 key of a till, or of head office.
 *
 * The secret one is in DATABASE.key (0600), made once and never sent; the public one is told to
 * people, who carry it to the other side (README, "No network").  DATABASE.centre holds the
 * public key of head office, whose acknowledgements this till believes.
 */
#ifndef TILLASK_SYNC_KEY_H
#define TILLASK_SYNC_KEY_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#define KEY_BYTES       32
#define KEY_HEX         (2 * KEY_BYTES + 1)
#define SIGNATURE_BYTES 64

/* The public key of DATABASE.  MAKE: makes both when there is none.  False and G_FILE_ERROR. */
bool key_public(const char *database, bool make, uint8_t key[KEY_BYTES], GError **error);

void key_hex(const uint8_t key[KEY_BYTES], char hex[KEY_HEX]);
/* False: no 64 hexadecimal digits. */
bool key_parse(const char *hex, uint8_t key[KEY_BYTES]);

/* Whom this till believes. */
bool key_trust(const char *database, const uint8_t key[KEY_BYTES], GError **error);
bool key_trusted(const char *database, uint8_t key[KEY_BYTES], GError **error);

/* A text that is written and signed piece by piece. */
struct signer;
struct signer *signer_new(const char *database, FILE *out, GError **error);
/* What could not be written shows in ferror(OUT). */
void signer_put(struct signer *s, const char *text, gssize size);
/* Writes the line `signature HEX`; frees. */
void signer_end(struct signer *s);

/* Is SIGNATURE that of KEY over these bytes? */
bool key_verify(const uint8_t key[KEY_BYTES], const char *bytes, gsize size,
		const uint8_t signature[SIGNATURE_BYTES]);

#endif
