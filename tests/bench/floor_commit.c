/* floor_commit: the bare page of floor_page, and bare SQLite behind it.
 *
 *     floor_commit PICTURES FOLDER
 *
 * Four pages: three questions and the thanks.  A key on a question commits its answer, as the
 * store does it (bare.h): behind the next question's page, but before the thanks page, which
 * says "saved".  A key on the thanks page closes that visit and begins the next: two
 * transactions, the first page before them.  FOLDER holds a database of storage.h.
 */
#include <glib.h>

#include "tests/bench/bare.h"
#include "tests/bench/paint.h"
#include "tests/lib/storage.h"

int main(int argc, char **argv)
{
	struct storage f;
	struct bare *bare;
	struct save save;
	uint32_t i = 1000000; /* after those of beside_fill() */
	uint8_t page = 0;

	g_assert_cmpint(argc, ==, 3);
	storage_init(&f, argv[2]);
	bare = bare_open(f.path);
	save = storage_visit(&f, i, OUTCOME_IGNORED);
	bare_save(bare, &save);
	paint_begin(argv[1]);
	while (paint_key()) {
		bool before = page < 2;

		if (before || page == 3)
			paint_next();
		if (page < 3) {
			save = storage_answer(&f, i, page, (int16_t)(page == 2 ? 1 : 4));
			bare_save(bare, &save);
		} else {
			save = storage_close(&f, i++, OUTCOME_COMPLETED);
			bare_save(bare, &save);
			save = storage_visit(&f, i, OUTCOME_IGNORED);
			bare_save(bare, &save);
		}
		if (page == 2)
			paint_next();
		page = (uint8_t)((page + 1) % 4);
	}
	return 0;
}
