#include "store/proof.h"

#include <string.h>

#include "store/archive.h"

#define JULIAN_1970 719163 /* GDate's number of 1970-01-01 */

struct proof {
	int64_t visits, answers, cards, first_seq, last_seq;
	GArray *ids; /* struct id */
};

static bool add_visit(void *self, const struct archive_visit *visit)
{
	struct proof *p = self;

	if (p->visits++ == 0)
		p->first_seq = visit->seq;
	p->last_seq = visit->seq;
	p->answers += visit->answers;
	g_array_append_val(p->ids, visit->id);
	return true;
}

static gint compare_ids(gconstpointer a, gconstpointer b)
{
	return memcmp(a, b, sizeof(struct id));
}

/* The same whichever database the visits were taken over into. */
static char *hash_of(const struct proof *p)
{
	g_array_sort(p->ids, compare_ids);
	return g_compute_checksum_for_data(G_CHECKSUM_SHA256,
					   (const guchar *)p->ids->data,
					   p->ids->len * sizeof(struct id));
}

static char *text_of(const struct proof *p, const char *store, const char *till,
		     int32_t day)
{
	g_autofree char *hash = hash_of(p);
	GDate date;

	g_date_clear(&date, 1);
	g_date_set_julian(&date, (guint32)(day + JULIAN_1970));
	g_autofree char *text = g_strdup_printf(
		"TILLASK %s/%s %04d-%02d-%02d V%" G_GINT64_FORMAT " A%" G_GINT64_FORMAT
		" C%" G_GINT64_FORMAT " S%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT " %s",
		store, till, g_date_get_year(&date), (int)g_date_get_month(&date),
		g_date_get_day(&date), p->visits, p->answers, p->cards, p->first_seq,
		p->last_seq, hash);
	return g_ascii_strup(text, -1);
}

char *proof_text(const char *path, const char *store, const char *till, int32_t day,
		 GError **error)
{
	struct archive *archive = archive_open(path, error);
	struct proof p = {0};
	char *text = NULL;

	if (archive == NULL)
		return NULL;
	const struct archive_range all = archive_all(day, day);
	p.ids = g_array_new(FALSE, FALSE, sizeof(struct id));
	if (archive_visits(archive, &all, add_visit, &p, error) &&
	    archive_count_cards(archive, day, day, &p.cards, error))
		text = text_of(&p, store, till, day);
	g_array_unref(p.ids);
	archive_close(archive);
	return text;
}
