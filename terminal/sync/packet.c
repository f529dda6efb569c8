#include "sync/packet.h"

#include <sodium.h>
#include <string.h>

#define SIGNATURE "signature "
/* The last line: the word, the digits, the line end. */
#define SIGNATURE_LINE (sizeof(SIGNATURE) - 1 + 2 * SIGNATURE_BYTES + 1)

static const struct {
	const char *name;
	int oldest, newest; /* formats; the newest is written */
} kinds[] = {
	[PACKET_BUNDLE] = {"tillask-bundle", 1, 2},
	[PACKET_ACKNOWLEDGEMENT] = {"tillask-acknowledgement", 1, 1},
};

static bool refuse(GError **error, const char *path, const char *why)
{
	g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "reading %s: %s", path, why);
	return false;
}

void packet_head(struct signer *s, enum packet_kind kind, const char *store,
		 const char *till, const struct id *generation,
		 const uint8_t key[KEY_BYTES])
{
	char hex[KEY_HEX], of[2 * sizeof(*generation) + 1];

	key_hex(key, hex);
	sodium_bin2hex(of, sizeof(of), (const uint8_t *)generation, sizeof(*generation));
	g_autofree char *head = g_strdup_printf(
		"%s %d\nstore %s\ntill %s\ngeneration %s\nkey %s\n", kinds[kind].name,
		kinds[kind].newest, store, till, of, hex);
	signer_put(s, head, -1);
}

const char *packet_line(struct packet *p, gsize *length)
{
	const char *line = p->at;
	const char *end = p->at < p->end ? memchr(line, '\n', (gsize)(p->end - line))
					 : NULL;

	if (end == NULL)
		return NULL;
	*length = (gsize)(end - line);
	p->at = end + 1;
	return line;
}

/* What follows NAME and a blank in the next line; NULL: another line.  The caller frees. */
static char *next_value(struct packet *p, const char *name)
{
	gsize length, n = strlen(name);
	const char *line = packet_line(p, &length);

	if (line == NULL || length <= n || strncmp(line, name, n) != 0 || line[n] != ' ')
		return NULL;
	return g_strndup(line + n + 1, length - n - 1);
}

static bool read_kind(struct packet *p, const char *path, GError **error)
{
	for (int kind = PACKET_BUNDLE; kind <= PACKET_ACKNOWLEDGEMENT; kind++) {
		const char *before = p->at;
		g_autofree char *text = next_value(p, kinds[kind].name);
		gint64 format = text != NULL ? g_ascii_strtoll(text, NULL, 10) : 0;

		if (format > kinds[kind].newest)
			return refuse(error, path,
				      "it was written by a newer tillask: install that "
				      "one here");
		if (format >= kinds[kind].oldest) {
			p->kind = (enum packet_kind)kind;
			return true;
		}
		p->at = before;
	}
	return refuse(error, path, "it is no bundle and no acknowledgement of tillask");
}

static bool read_head(struct packet *p)
{
	p->store = next_value(p, "store");
	p->till = next_value(p, "till");
	g_autofree char *generation = next_value(p, "generation");
	g_autofree char *key = next_value(p, "key");
	size_t n = 0;

	return p->store != NULL && p->till != NULL && generation != NULL && key != NULL &&
	       key_parse(key, p->key) &&
	       sodium_hex2bin((uint8_t *)&p->generation, sizeof(p->generation),
			      generation, strlen(generation), NULL, &n, NULL) == 0 &&
	       n == sizeof(p->generation);
}

/* Takes the last line away from what is to be read. */
static bool read_signature(struct packet *p, uint8_t signature[SIGNATURE_BYTES])
{
	size_t n = 0;

	if ((gsize)(p->end - p->at) < SIGNATURE_LINE || p->end[-1] != '\n')
		return false;
	const char *line = p->end - SIGNATURE_LINE;
	p->end = line;
	return line[-1] == '\n' && g_str_has_prefix(line, SIGNATURE) &&
	       sodium_hex2bin(signature, SIGNATURE_BYTES, line + strlen(SIGNATURE),
			      2 * SIGNATURE_BYTES, NULL, &n, NULL) == 0 &&
	       n == SIGNATURE_BYTES;
}

static bool verify(struct packet *p, const char *path, GError **error)
{
	uint8_t signature[SIGNATURE_BYTES];
	const char *begin = p->at;

	if (!read_kind(p, path, error))
		return false;
	if (!read_signature(p, signature))
		return refuse(error, path, "it is cut off; copy it again");
	if (!read_head(p) ||
	    !key_verify(p->key, begin, (gsize)(p->end - begin), signature))
		return refuse(
			error, path,
			"it is damaged, or was changed: its signature is not right; "
			"copy it again");
	return true;
}

bool packet_open(struct packet *p, const char *path, GError **error)
{
	*p = (struct packet){.file = g_mapped_file_new(path, FALSE, error)};
	if (p->file == NULL)
		return false;
	p->at = g_mapped_file_get_contents(p->file);
	p->end = p->at + g_mapped_file_get_length(p->file);
	if (p->at == NULL) /* empty */
		p->at = p->end = "";
	if (verify(p, path, error))
		return true;
	packet_clear(p);
	return false;
}

void packet_clear(struct packet *p)
{
	g_clear_pointer(&p->file, g_mapped_file_unref);
	g_clear_pointer(&p->store, g_free);
	g_clear_pointer(&p->till, g_free);
}
