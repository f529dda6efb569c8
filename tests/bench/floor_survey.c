/* floor_survey: the program that one would write in an afternoon, ncurses and SQLite.
 *
 *     floor_survey DATABASE
 */
#include <curses.h>
#include <locale.h>
#include <sqlite3.h>
#include <time.h>

static const char *const questions[] = {"How was your visit today?",
					"Did you find all you wanted?",
					"Did the till prices match the tags?"};

static void page(const char *text, const char *hint)
{
	erase();
	mvaddstr(8, 20, text);
	mvaddstr(12, 20, hint);
	refresh();
}

int main(int argc, char **argv)
{
	sqlite3 *db;
	sqlite3_stmt *visit, *answer;

	if (argc < 2 || sqlite3_open(argv[1], &db) != SQLITE_OK)
		return 1;
	sqlite3_exec(
		db,
		"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
		"CREATE TABLE IF NOT EXISTS visit (n INTEGER PRIMARY KEY, at INTEGER);"
		"CREATE TABLE IF NOT EXISTS answer (visit INTEGER REFERENCES visit (n),"
		" question INTEGER, value INTEGER, at INTEGER, PRIMARY KEY (visit, question))",
		NULL, NULL, NULL);
	sqlite3_prepare_v2(db, "INSERT INTO visit (at) VALUES (?1)", -1, &visit, NULL);
	sqlite3_prepare_v2(db, "INSERT INTO answer VALUES (?1, ?2, ?3, ?4)", -1, &answer,
			   NULL);
	setlocale(LC_ALL, "");
	initscr();
	raw();
	noecho();
	for (;;) {
		sqlite3_int64 n = 0;

		for (int i = 0; i < 3; i++) {
			int key;

			page(questions[i], "Press a number");
			if ((key = getch()) == ERR)
				return 0;
			if (i == 0) {
				sqlite3_bind_int64(visit, 1, time(NULL));
				sqlite3_step(visit);
				sqlite3_reset(visit);
				n = sqlite3_last_insert_rowid(db);
			}
			sqlite3_bind_int64(answer, 1, n);
			sqlite3_bind_int(answer, 2, i);
			sqlite3_bind_int(answer, 3, key - '0');
			sqlite3_bind_int64(answer, 4, time(NULL));
			sqlite3_step(answer);
			sqlite3_reset(answer);
		}
		page("Thank you! Your answers are saved.", "");
		if (getch() == ERR)
			return 0;
	}
}
