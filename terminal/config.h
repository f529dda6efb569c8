/* config.h - config.ini as a value.
 *
 * One table (config_table.h) holds every key: type, unit, range, default, meaning and where its
 * value goes.  Loading, the fault texts and the test of the shipped config.ini come from it.
 * A struct config is read-only once loaded, so any thread may read it; everything it points
 * to belongs to it and lives until config_free().
 */
#ifndef TILLASK_CONFIG_H
#define TILLASK_CONFIG_H

#include <glib.h>
#include <stdbool.h>

#include "core/card.h"
#include "core/counter.h"
#include "core/questionnaire.h"
#include "core/sale.h"
#include "ini.h"
#include "published.h"

#define SCREENS_MAX     8
#define CODE_TABLES_MAX 16

enum cashiers_mode { CASHIERS_OFF, CASHIERS_PSEUDONYM, CASHIERS_ID };
enum sync_by { SYNC_BY_RUN, SYNC_BY_SERVICE };
enum keep_mode { KEEP_NUMBER, KEEP_TOKEN, KEEP_NONE };
enum export_format { EXPORT_CSV, EXPORT_JSONL, EXPORT_XLSX };
#define EXPORT_FORMATS (EXPORT_XLSX + 1)

struct screen_size {
	int cols, rows;
};

/* How bytes come in from a device: the same keys in [reader NAME] and [till]. */
struct line_config {
	const char *
		device; /* a path, absolute; "replay:/abs/FILE"; "demo"; "": none ([till]) */
	int baud;
	int data_bits; /* 7 or 8 */
	char parity;   /* 'N', 'E' or 'O' */
	int stop_bits; /* 1 or 2 */
	bool dtr, rts; /* raised and left raised while open */
};

struct reader_config {
	const char *name; /* [reader NAME] */
	struct line_config line;
	const char *protocol; /* magstripe, rfid, barcode, uid */
	bool lrc;          /* magstripe: one byte after '?' is a check sum, and dropped */
	bool ean;          /* barcode: only 8, 12 or 13 digits with a right check digit */
	bool bcc;          /* barcode: a check byte stands before the end of a code */
	bool reverse;      /* uid: the last byte comes first */
	const char *style; /* rfid: "standard" or "parallax" */
	/* its own prefixes (kind none) and those of all [cards KIND]; `any` when it has none */
	struct card_rules rules;
};

/* What numbers of `select code table` mean on this display. */
struct code_tables {
	int n;
	struct {
		uint8_t number;
		const char *encoding; /* one of encoding= */
	} row[CODE_TABLES_MAX];
};

struct till_config {
	bool present; /* a [till] group is there */
	struct line_config line;
	const char *protocol; /* escpos, ...; "" without a device */
	const char *encoding; /* of the display's bytes; "" as the protocol says */
	struct code_tables code_tables;
	bool show; /* this terminal is the display: its lines stand on the screen */
	const char *
		socket; /* absolute path; without `socket=` DATABASE.till, also without [till] */
	const char *socket_group; /* "": the group the program runs in */
	struct sale_rules sale;
};

struct export_config {
	const char *folder; /* absolute */
	bool format[EXPORT_FORMATS];
	bool excel;
	int at_min; /* local minute of the day */
};

struct sync_config {
	const char *server; /* libpq conninfo; "": not configured */
	int every_minutes;
	enum sync_by by; /* who starts it: `run`, or the machine's service manager */
};

/* Where a question, or a published key, stands. */
struct config_origin {
	const char *what;  /* "[question goods]", "[survey] cooldown_days" */
	const char *where; /* "config.ini:31", "published for all, version 3:12" */
};

struct config {
	const char *file;   /* as given */
	const char *folder; /* absolute; relative paths start here */
	/* of the file, as it was read; publications are laid over this, whatever is there now */
	const char *text;
	gsize text_length;
	char mark[9]; /* eight hexadecimal digits of it: of another text others */

	/* [terminal] */
	const char *store, *till; /* safe as part of a file name */
	const char *timezone_name;
	GTimeZone *timezone;
	int day_starts_min; /* local minute of the day at which a business day begins */
	int n_languages;
	const char *languages[LANGUAGES_MAX]; /* the index is the language everywhere */
	int language;                         /* index of the one at rest */
	const char *database;                 /* absolute */
	int n_screens;
	struct screen_size screens[SCREENS_MAX];
	const char *currency; /* ISO 4217 */
	int opens_min,
		closes_min; /* local minutes of the day; closes may be 1440 or lie after midnight */

	/* [loyalty] */
	enum keep_mode keep;
	int active_days, sleeping_after_days;

	/* [report] */
	int min_n;
	enum cashiers_mode cashiers;
	/* whole units of the currency; 0: not given */
	int marketing_month, wages_month, customer_year, income_year;

	struct till_config till_line;
	struct export_config export;
	struct sync_config sync;
	int n_readers;
	struct reader_config readers[READERS_MAX];

	struct questionnaire questionnaire; /* `complaint` included */
	struct rules rules;

	/* [messages]: language * (WORDS_CUSTOMER_LAST + 1) + word; NULL: the program's own */
	const char **messages;

	/* Every question, and what else was published; none when nothing was. */
	GArray *origins; /* of struct config_origin */

	GStringChunk *strings;
};

/* The file to use: GIVEN (--config, may be NULL), else $TILLASK_CONFIG, else ./config.ini,
 * else /etc/tillask/config.ini.  Of the first two one that is named is taken even when it
 * does not exist, so that the error names it.  NULL: nothing named, nothing there.  The
 * caller frees. */
char *config_find(const char *given);

/* Reads and checks the file at PATH.  Every fault goes to FAULTS; NULL when there is any,
 * never a half configuration.  Reads no other file and no device: a device or folder that
 * is missing is no fault of the file (`tillask check` looks).  Blocks on the disk. */
struct config *config_load(const char *path, struct faults *faults);
/* The same of what FROM holds, a copy of the file at PATH. */
struct config *config_load_from(const char *path, const char *from,
				struct faults *faults);

/* The same from memory: LENGTH bytes of TEXT, any bytes; PATH names it and gives the folder.
 * With N publications laid over it. */
struct config *config_parse(const char *path, const char *text, gsize length,
			    struct faults *faults);
struct config *config_parse_with(const char *path, const char *text, gsize length,
				 const struct published *p, int n, struct faults *faults);

/* LOCAL, without a publication, as it was read, with N publications laid over it: all that may
 * not be published is as in LOCAL.  Reads nothing. */
struct config *config_with(const struct config *local, const struct published *p, int n,
			   struct faults *faults);

void config_free(struct config *config);

/* The words of [till] as they are without config.ini; they live as long as the program.  Main
 * thread only. */
void config_usual_sale(struct sale_rules *rules);

/* The sentences of this configuration: of its languages, with its [messages]; words_free(). */
struct words *config_words(const struct config *config);

/* Index of the [reader NAME], or -1. */
int config_reader(const struct config *config, const char *name);

#endif
