/* The table of protocols, and each decoder behind its row. */
#include "drivers/reader.h"

#include <string.h>

#define PARALLAX_BAUD 2400

static void magstripe_row_init(union reader_decoder *decoder,
			       const struct reader_options *options)
{
	magstripe_init(&decoder->magstripe, options->rules, options->lrc);
}

static void magstripe_row_feed(union reader_decoder *decoder, const unsigned char *bytes,
			       size_t n, int64_t now_ms, card_sink *sink, void *user)
{
	(void)now_ms;
	magstripe_feed(&decoder->magstripe, bytes, n, sink, user);
}

static void magstripe_row_idle(union reader_decoder *decoder, card_sink *sink, void *user)
{
	magstripe_idle(&decoder->magstripe, sink, user);
}

static bool magstripe_row_pending(const union reader_decoder *decoder)
{
	return magstripe_pending(&decoder->magstripe);
}

static void magstripe_row_reset(union reader_decoder *decoder)
{
	magstripe_reset(&decoder->magstripe);
}

static void rfid_row_init(union reader_decoder *decoder,
			  const struct reader_options *options)
{
	rfid_init(&decoder->rfid, options->rules, options->parallax);
}

static void rfid_row_feed(union reader_decoder *decoder, const unsigned char *bytes,
			  size_t n, int64_t now_ms, card_sink *sink, void *user)
{
	rfid_feed(&decoder->rfid, bytes, n, now_ms, sink, user);
}

static void rfid_row_idle(union reader_decoder *decoder, card_sink *sink, void *user)
{
	rfid_idle(&decoder->rfid, sink, user);
}

static bool rfid_row_pending(const union reader_decoder *decoder)
{
	return rfid_pending(&decoder->rfid);
}

static void rfid_row_reset(union reader_decoder *decoder)
{
	rfid_reset(&decoder->rfid);
}

static void barcode_row_init(union reader_decoder *decoder,
			     const struct reader_options *options)
{
	barcode_init(&decoder->barcode, options->rules, options->ean, options->bcc);
}

static void barcode_row_feed(union reader_decoder *decoder, const unsigned char *bytes,
			     size_t n, int64_t now_ms, card_sink *sink, void *user)
{
	(void)now_ms;
	barcode_feed(&decoder->barcode, bytes, n, sink, user);
}

static void barcode_row_idle(union reader_decoder *decoder, card_sink *sink, void *user)
{
	barcode_idle(&decoder->barcode, sink, user);
}

static bool barcode_row_pending(const union reader_decoder *decoder)
{
	return barcode_pending(&decoder->barcode);
}

static void barcode_row_reset(union reader_decoder *decoder)
{
	barcode_reset(&decoder->barcode);
}

static void uid_row_init(union reader_decoder *decoder,
			 const struct reader_options *options)
{
	uid_init(&decoder->uid, options->rules, options->reverse);
}

static void uid_row_feed(union reader_decoder *decoder, const unsigned char *bytes,
			 size_t n, int64_t now_ms, card_sink *sink, void *user)
{
	uid_feed(&decoder->uid, bytes, n, now_ms, sink, user);
}

static void uid_row_idle(union reader_decoder *decoder, card_sink *sink, void *user)
{
	uid_idle(&decoder->uid, sink, user);
}

static bool uid_row_pending(const union reader_decoder *decoder)
{
	return uid_pending(&decoder->uid);
}

static void uid_row_reset(union reader_decoder *decoder)
{
	uid_reset(&decoder->uid);
}

const struct reader_protocol reader_protocols[] = {
	{"magstripe", 9600, "8N1", MAGSTRIPE_IDLE_MS, magstripe_row_init,
	 magstripe_row_feed, magstripe_row_idle, magstripe_row_pending,
	 magstripe_row_reset},
	{"rfid", 9600, "8N1", RFID_IDLE_MS, rfid_row_init, rfid_row_feed, rfid_row_idle,
	 rfid_row_pending, rfid_row_reset},
	{"barcode", 9600, "8N1", BARCODE_IDLE_MS, barcode_row_init, barcode_row_feed,
	 barcode_row_idle, barcode_row_pending, barcode_row_reset},
	{"uid", 9600, "8N1", UID_IDLE_MS, uid_row_init, uid_row_feed, uid_row_idle,
	 uid_row_pending, uid_row_reset},
};
const size_t reader_protocols_n = sizeof(reader_protocols) / sizeof(reader_protocols[0]);

const struct reader_protocol *reader_protocol_find(const char *name)
{
	for (size_t i = 0; i < reader_protocols_n; i++) {
		if (strcmp(reader_protocols[i].name, name) == 0)
			return &reader_protocols[i];
	}
	return NULL;
}

unsigned reader_baud(const struct reader_options *options)
{
	if (options->baud)
		return options->baud;
	return options->parallax ? PARALLAX_BAUD : options->protocol->baud;
}
