#include "sync/recent.h"

#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "core/rows.h"
#include "store/inbox.h"
#include "store/keep.h"
#include "sync/facts.h"

#define UP_AT_ONCE   1000
#define DOWN_AT_ONCE 5000
/* A till's rows become visible some time after the moment that stands in them. */
#define OVERLAP "2 minutes"

struct recent {
	struct server *server;
	const struct config *config;
	struct inbox *inbox;
	struct inbox_chain chain;
	struct inbox_card *cards; /* DOWN_AT_ONCE of them */
};

static void unhex(const char *hex, uint8_t *out, size_t n)
{
	for (size_t i = 0; i < n; i++)
		out[i] = (uint8_t)(g_ascii_xdigit_value(hex[2 * i]) << 4 |
				   g_ascii_xdigit_value(hex[2 * i + 1]));
}

/* ---- the key ---------------------------------------------------------------------------- */

static bool learn_key(struct recent *r, GError **error)
{
	uint8_t key[INBOX_KEY_BYTES] = {0};
	PGresult *row = server_query(
		r->server, "SELECT encode(card_key, 'hex') FROM tillask.chain", error);

	if (row == NULL)
		return false;
	bool there = PQntuples(row) == 1 && PQgetlength(row, 0, 0) == 2 * sizeof(key);
	if (there)
		unhex(PQgetvalue(row, 0, 0), key, sizeof(key));
	PQclear(row);
	if (!there) {
		g_set_error(error, SERVER_ERROR, SERVER_ERROR_OTHER,
			    "the server has no key for cards in tillask.chain; its owner "
			    "puts one there (README, \"Cards\")");
		return false;
	}
	if (r->chain.has_key && memcmp(r->chain.key, key, sizeof(key)) == 0)
		return true;
	return inbox_key(r->inbox, r->config->keep, key, error) &&
	       inbox_chain(r->inbox, &r->chain, error);
}

/* ---- up --------------------------------------------------------------------------------- */

static void put_pseudonym(GString *list, const uint8_t pseudonym[INBOX_PSEUDONYM_BYTES])
{
	if (list->len > 0)
		g_string_append_c(list, ',');
	facts_put_id(list, pseudonym);
}

static void put_day(GString *list, int32_t day)
{
	if (list->len > 0)
		g_string_append_c(list, ',');
	if (day == DAY_NEVER)
		g_string_append(list, "NULL");
	else
		facts_put_day(list, day);
}

static bool tell(struct recent *r, unsigned n, GError **error)
{
	g_autoptr(GString) pseudonyms = g_string_new(NULL);
	g_autoptr(GString) answers = g_string_new(NULL);
	g_autoptr(GString) declines = g_string_new(NULL);
	PGresult *done;

	for (unsigned i = 0; i < n; i++) {
		struct inbox_card *c = &r->cards[i];

		if (!keep_pseudonym_of(r->config->keep, r->chain.key, c->card,
				       c->pseudonym))
			continue;
		put_pseudonym(pseudonyms, c->pseudonym);
		put_day(answers, c->answered_day);
		put_day(declines, c->declined_day);
	}
	g_autofree char *sql =
		g_strdup_printf("SELECT tillask.cards_asked('{%s}', '{%s}', '{%s}')",
				pseudonyms->str, answers->str, declines->str);
	done = server_query(r->server, sql, error);
	PQclear(done);
	return done != NULL;
}

static bool send_news(struct recent *r, GError **error)
{
	g_autofree char *after = g_strdup("");
	unsigned found;

	do {
		if (!inbox_news(r->inbox, after, r->cards, UP_AT_ONCE, &found, error))
			return false;
		if (found == 0)
			return true;
		if (!tell(r, found, error) ||
		    !inbox_news_known(r->inbox, r->cards, found, error))
			return false;
		g_free(after);
		after = g_strdup(r->cards[found - 1].card);
	} while (found == UP_AT_ONCE);
	return true;
}

/* ---- down ------------------------------------------------------------------------------- */

/* Where the next page begins: the columns of the row before it. */
struct from {
	char since[INBOX_SINCE_MAX];
	char pseudonym[2 * INBOX_PSEUDONYM_BYTES + 1];
};

static PGresult *ask(struct recent *r, const struct from *from, const char *overlap,
		     int32_t day, GError **error)
{
	g_autoptr(GString) least = g_string_new(NULL);
	g_autofree char *sql = NULL;

	facts_put_day(least, day);
	sql = g_strdup_printf(
		"SELECT encode(pseudonym, 'hex'), answered - date '1970-01-01',"
		" declined - date '1970-01-01', to_char(changed_at AT TIME ZONE 'UTC',"
		" 'YYYY-MM-DD HH24:MI:SS.US') || '+00'"
		" FROM tillask.recent_card WHERE (changed_at, pseudonym) >"
		" (timestamptz '%s' - interval '%s', '\\x%s'::bytea)"
		" AND greatest(answered, declined) >= date '%s'"
		" ORDER BY changed_at, pseudonym LIMIT %d",
		from->since, overlap, from->pseudonym, least->str, DOWN_AT_ONCE);
	return server_query(r->server, sql, error);
}

static int32_t day_of(const PGresult *rows, int i, int column)
{
	return PQgetisnull(rows, i, column) ? DAY_NEVER
					    : atoi(PQgetvalue(rows, i, column));
}

/* *FROM becomes the last row's. */
static bool keep(struct recent *r, const PGresult *rows, struct from *from,
		 GError **error)
{
	int n = PQntuples(rows);

	for (int i = 0; i < n; i++) {
		struct inbox_card *c = &r->cards[i];

		*c = (struct inbox_card){.answered_day = day_of(rows, i, 1),
					 .declined_day = day_of(rows, i, 2)};
		if (PQgetlength(rows, i, 0) == 2 * INBOX_PSEUDONYM_BYTES)
			unhex(PQgetvalue(rows, i, 0), c->pseudonym, sizeof(c->pseudonym));
	}
	g_strlcpy(from->pseudonym, PQgetvalue(rows, n - 1, 0), sizeof(from->pseudonym));
	g_strlcpy(from->since, PQgetvalue(rows, n - 1, 3), sizeof(from->since));
	return inbox_recent(r->inbox, r->cards, (unsigned)n, from->since, error);
}

static bool fetch(struct recent *r, int32_t day, GError **error)
{
	struct from from = {.pseudonym = ""};
	const char *overlap = OVERLAP;
	int n;

	g_strlcpy(from.since, *r->chain.since != '\0' ? r->chain.since : "-infinity",
		  sizeof(from.since));
	do {
		PGresult *rows = ask(r, &from, overlap, day, error);
		if (rows == NULL)
			return false;
		n = PQntuples(rows);
		bool kept = n == 0 || keep(r, rows, &from, error);
		PQclear(rows);
		if (!kept)
			return false;
		overlap = "0";
	} while (n == DOWN_AT_ONCE);
	return true;
}

/* The longest cool-down, also of what is published. */
static int32_t first_day(const struct config *config)
{
	struct config *published = inbox_in_force(config);
	const struct rules *rules = &published->rules;
	int32_t days = MAX(rules->cooldown_days, rules->declined_days);
	struct clock clock;

	config_free(published);
	clock_init(&clock, config->timezone, config->day_starts_min, INT64_MIN);
	return clock_day(&clock, g_get_real_time() / 1000) - days;
}

static bool exchange(struct recent *r, GError **error)
{
	int32_t day = first_day(r->config);

	return inbox_chain(r->inbox, &r->chain, error) && learn_key(r, error) &&
	       send_news(r, error) && fetch(r, day, error) &&
	       inbox_forget(r->inbox, day, error);
}

bool recent_exchange(struct server *s, const struct config *config, GError **error)
{
	struct recent r = {.server = s, .config = config};

	if (config->keep == KEEP_NONE)
		return true;
	r.inbox = inbox_open(config->database, error);
	if (r.inbox == NULL)
		return false;
	r.cards = g_new0(struct inbox_card, DOWN_AT_ONCE);
	bool done = exchange(&r, error);
	g_free(r.cards);
	inbox_close(r.inbox);
	return done;
}
