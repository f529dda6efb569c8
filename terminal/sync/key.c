#include "sync/key.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>

#define SECRET_BYTES 64

G_STATIC_ASSERT(KEY_BYTES == crypto_sign_PUBLICKEYBYTES);
G_STATIC_ASSERT(SECRET_BYTES == crypto_sign_SECRETKEYBYTES);
G_STATIC_ASSERT(SIGNATURE_BYTES == crypto_sign_BYTES);

struct signer {
	FILE *out;
	uint8_t secret[SECRET_BYTES];
	crypto_sign_state state;
};

static bool refuse(GError **error, const char *path, const char *why)
{
	g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "reading the key %s: %s",
		    path, why);
	return false;
}

/* A line of hexadecimal digits; at most SECRET_BYTES. */
static bool write_hex(const char *path, const uint8_t *bytes, gsize n, GError **error)
{
	g_autofree char *folder = g_path_get_dirname(path);
	char text[2 * SECRET_BYTES + 2];

	g_mkdir_with_parents(folder, 0700);
	sodium_bin2hex(text, sizeof(text), bytes, n);
	text[2 * n] = '\n';
	bool done = g_file_set_contents_full(path, text, (gssize)(2 * n + 1),
					     G_FILE_SET_CONTENTS_CONSISTENT |
						     G_FILE_SET_CONTENTS_DURABLE,
					     0600, error);
	sodium_memzero(text, sizeof(text));
	return done;
}

static bool read_hex(const char *path, uint8_t *bytes, gsize n, GError **error)
{
	g_autofree char *text = NULL;
	gsize length, found = 0;

	if (!g_file_get_contents(path, &text, &length, error))
		return false;
	g_strchomp(text);
	bool fine = sodium_hex2bin(bytes, n, text, strlen(text), NULL, &found, NULL) ==
			    0 &&
		    found == n;
	sodium_memzero(text, length);
	return fine || refuse(error, path, "it is damaged; enrol again with a new one");
}

static char *path_of(const char *database, const char *suffix)
{
	return g_strconcat(database, suffix, NULL);
}

static bool make_secret(const char *path, uint8_t secret[SECRET_BYTES], GError **error)
{
	uint8_t public_key[KEY_BYTES];

	crypto_sign_keypair(public_key, secret);
	return write_hex(path, secret, SECRET_BYTES, error);
}

static bool read_secret(const char *database, bool make, uint8_t secret[SECRET_BYTES],
			GError **error)
{
	g_autofree char *path = path_of(database, ".key");
	struct stat file;

	if (g_stat(path, &file) != 0) {
		if (make)
			return make_secret(path, secret, error);
		return refuse(error, path,
			      "there is none; make one: tillask sync --enrol");
	}
	if ((file.st_mode & 077) != 0)
		return refuse(error, path,
			      "others may read it; remove it and enrol again with a new "
			      "one");
	return read_hex(path, secret, SECRET_BYTES, error);
}

bool key_public(const char *database, bool make, uint8_t key[KEY_BYTES], GError **error)
{
	uint8_t secret[SECRET_BYTES];
	bool there = read_secret(database, make, secret, error);

	if (there)
		crypto_sign_ed25519_sk_to_pk(key, secret);
	sodium_memzero(secret, sizeof(secret));
	return there;
}

void key_hex(const uint8_t key[KEY_BYTES], char hex[KEY_HEX])
{
	sodium_bin2hex(hex, KEY_HEX, key, KEY_BYTES);
}

bool key_parse(const char *hex, uint8_t key[KEY_BYTES])
{
	size_t n = 0;

	return strlen(hex) == KEY_HEX - 1 &&
	       sodium_hex2bin(key, KEY_BYTES, hex, KEY_HEX - 1, NULL, &n, NULL) == 0 &&
	       n == KEY_BYTES;
}

bool key_trust(const char *database, const uint8_t key[KEY_BYTES], GError **error)
{
	g_autofree char *path = path_of(database, ".centre");

	return write_hex(path, key, KEY_BYTES, error);
}

bool key_trusted(const char *database, uint8_t key[KEY_BYTES], GError **error)
{
	g_autofree char *path = path_of(database, ".centre");

	if (g_file_test(path, G_FILE_TEST_EXISTS))
		return read_hex(path, key, KEY_BYTES, error);
	return refuse(
		error, path,
		"this till does not know head office's key yet: tillask sync --enrol "
		"KEY");
}

/* ---- signing ---------------------------------------------------------------------------- */

struct signer *signer_new(const char *database, FILE *out, GError **error)
{
	struct signer *s = g_new0(struct signer, 1);

	s->out = out;
	crypto_sign_init(&s->state);
	if (read_secret(database, false, s->secret, error))
		return s;
	g_free(s);
	return NULL;
}

void signer_put(struct signer *s, const char *text, gssize size)
{
	gsize n = size < 0 ? strlen(text) : (gsize)size;

	crypto_sign_update(&s->state, (const uint8_t *)text, n);
	fwrite(text, 1, n, s->out); /* an error stays with the stream */
}

void signer_end(struct signer *s)
{
	uint8_t signature[SIGNATURE_BYTES];
	char hex[2 * SIGNATURE_BYTES + 1];

	crypto_sign_final_create(&s->state, signature, NULL, s->secret);
	sodium_bin2hex(hex, sizeof(hex), signature, sizeof(signature));
	fprintf(s->out, "signature %s\n", hex);
	sodium_memzero(s, sizeof(*s));
	g_free(s);
}

bool key_verify(const uint8_t key[KEY_BYTES], const char *bytes, gsize size,
		const uint8_t signature[SIGNATURE_BYTES])
{
	crypto_sign_state state;

	crypto_sign_init(&state);
	crypto_sign_update(&state, (const uint8_t *)bytes, size);
	return crypto_sign_final_verify(&state, signature, key) == 0;
}
