#!/bin/sh
# Plants each fault in a small copy of the house and sees check-source.sh catch it; plants
# what is allowed and sees it pass.  Prints TAP.
set -u

here=$(cd "$(dirname "$0")" && pwd)
house=$(mktemp -d) || exit 1
trap 'rm -rf "$house"' EXIT
cd "$house" || exit 1
count=0

build_house() {
	rm -rf ./*
	for room in core screen store report run command export sync send; do
		mkdir -p terminal/$room
		echo 'int x;' >terminal/$room/a.h
	done
	mkdir -p drivers schema/local tests/unit
	touch terminal/config.h drivers/port.h terminal/core/card.h terminal/core/payment_card.h
	for file in terminal/config.h drivers/port.h terminal/core/card.h \
		terminal/core/payment_card.h; do
		echo 'int x;' >$file
	done
}

verdict() { # ok|not ok, WHAT
	count=$((count + 1))
	printf '%s %d %s\n' "$1" $count "$2"
	[ "$1" = ok ] || sed 's/^/# said: /' said
}

# FILE TEXT REASON: TEXT in the second line of FILE is a fault, for that REASON.
caught() {
	build_house
	mkdir -p "$(dirname "$1")"
	printf '\n%b\n' "$2" >"$1"
	if "$here/check-source.sh" . >said 2>&1; then
		verdict 'not ok' "$1: $2 passes"
	elif grep -q "^$1:2: .*$3" said && [ "$(wc -l <said)" -eq 1 ]; then
		verdict ok "$1: $2"
	else
		verdict 'not ok' "$1: $2 is caught for another reason"
	fi
}

# FILE TEXT: no fault.
passes() {
	build_house
	mkdir -p "$(dirname "$1")"
	printf '\n%b\n' "$2" >"$1"
	if "$here/check-source.sh" . >said 2>&1 && [ ! -s said ]; then
		verdict ok "$1: $2 passes"
	else
		verdict 'not ok' "$1: $2 is refused"
	fi
}

# Who includes whom
caught terminal/core/x.c '#include "config.h"' 'core may not include base'
caught terminal/core/x.c '#include "drivers/port.h"' 'core may not include drivers'
caught terminal/words.c '#include "store/a.h"' 'base may not include store'
caught terminal/words.h '#include "screen/a.h"' 'base may not include screen'
caught terminal/screen/x.c '#include "store/a.h"' 'screen may not include store'
caught terminal/screen/x.c '# include "run/a.h"' 'screen may not include run'
caught terminal/screen/x.c '#include "terminal/report/a.h"' 'screen may not include report'
caught terminal/store/x.c '#include "screen/a.h"' 'store may not include screen'
caught terminal/report/x.c '#include "store/a.h"' 'report may not include store'
caught terminal/run/x.c '#include "command/a.h"' 'run may not include command'
caught terminal/export/x.c '#include "screen/a.h"' 'export may not include screen'
caught terminal/export/x.c '#include "report/a.h"' 'export may not include report'
caught terminal/sync/x.c '#include "drivers/port.h"' 'sync may not include drivers'
caught terminal/send/x.c '#include "sync/a.h"' 'send may not include sync'
caught terminal/store/x.c '#include "export/a.h"' 'store may not include export'
caught drivers/uid.c '#include "config.h"' 'drivers may not include base'
caught drivers/port.c '#include "core/a.h"' 'drivers may not include core'
caught terminal/core/x.c '#include "a.h"' 'written from terminal/'
caught terminal/core/x.c '#include "../config.h"' 'written from terminal/'
passes terminal/core/x.c '#include "core/a.h"'
passes terminal/config.c '#include "core/a.h"'
passes terminal/main.c '#include "command/a.h"'
passes terminal/screen/x.c '#include "config.h"'
passes terminal/run/x.c '#include "store/a.h"\n#include "drivers/port.h"'
passes terminal/command/x.c '#include "report/a.h"\n#include "run/a.h"'
passes terminal/sync/x.c '#include "store/a.h"\n#include "sync/a.h"\n#include "config.h"'
passes drivers/uid.c '#include "core/card.h"\n#include "core/payment_card.h"'
passes tests/unit/x.c '#include "store/a.h"\n#include "screen/a.h"'
passes terminal/core/x.c '/* #include "config.h" */'

# Libraries
caught terminal/screen/view.c '#include <ncurses.h>' 'only in screen/tty.c'
caught terminal/screen/tty.h '#include <curses.h>' 'only in screen/tty.c'
caught terminal/run/x.c '#include <ncursesw/curses.h>' 'only in screen/tty.c'
caught terminal/run/x.c '#include <sqlite3.h>' 'only in store/'
caught terminal/export/x.c '#include "sqlite3.h"' 'only in store/'
caught drivers/reader.c '#include <libserialport.h>' 'only in drivers/port'
caught drivers/port.h '#include <libserialport.h>' 'only in drivers/port'
caught terminal/store/x.c '#include <libpq-fe.h>' 'only in sync/'
caught terminal/sync/x.c '#include <curl/curl.h>' 'only in send/'
caught terminal/report/x.c '#include <xlsxwriter.h>' 'only in export/'
caught terminal/screen/x.c '#include <qrencode.h>' 'only in screen/qr.c'
passes terminal/screen/tty.c '#include <ncurses.h>'
passes terminal/store/x.c '#include <sqlite3.h>'
passes drivers/port_serial.c '#include <libserialport.h>\n#include <glib.h>'
passes terminal/sync/x.c '#include <libpq-fe.h>'
passes terminal/send/x.c '#include <curl/curl.h>'
passes terminal/export/x.c '#include <xlsxwriter.h>'

# Pure rooms
caught terminal/core/x.c '#include <glib.h>' 'pure room'
caught terminal/core/x.h '#include <time.h>' 'pure room'
caught terminal/core/x.c '#include <unistd.h>' 'pure room'
caught drivers/magstripe.c '#include <glib.h>' 'pure room'
caught drivers/display.h '#include <sys/socket.h>' 'pure room'
for call in 'time(NULL)' 'clock_gettime(0, &t)' 'rand()' 'malloc(1)' 'free (p)' 'printf("x")' \
	'fopen("x", "r")' 'open("x", 0)' 'getenv("X")'; do
	caught terminal/core/x.c "\\ta = $call;" 'a call in a pure room'
done
caught drivers/barcode.c '\tputs("x");' 'a call in a pure room'
passes terminal/core/x.c '\tvisit_open(v); world->time(1); snprintf(b, 9, "time(1)"); // free(x)'
passes drivers/reader.c '#include <glib.h>\n#include <time.h>'
passes terminal/run/x.c '\tfree(p);'

# Rules of style
caught terminal/run/x.c '\tdefault:' 'hides a forgotten value'
caught drivers/reader.c '\tdefault : break;' 'hides a forgotten value'
passes terminal/run/x.c '\tdefault: /* not an enum */'
caught terminal/run/x.c '\tstrcpy(a, b);' 'without knowing the size'
caught terminal/run/x.c '\tn = sprintf(a, "x");' 'without knowing the size'
caught tests/unit/x.c '\tstrcat (a, b);' 'without knowing the size'
caught drivers/port.c '\tgets(a);' 'without knowing the size'
passes terminal/run/x.c '\tsnprintf(a, 2, "strcpy(a, b)"); fgets(a, 2, f);'
for mark in TO''DO FIX''ME XX''X; do
	caught terminal/run/x.c "/* $mark: later */" 'unfinished work'
	caught notes.md "$mark" 'unfinished work'
done
passes tests/x.sh 'mktemp /tmp/a.XXXXXX'

# Names that stay where they are
caught terminal/run/x.c 'struct card_raw raw;' 'only in drivers/'
caught terminal/core/x.h 'void card_raw_show(void);' 'only in drivers/'
passes terminal/core/payment_card.c 'struct card_raw raw;'
passes drivers/uid.c 'struct card_raw raw;'
passes terminal/run/x.c '/* no card_raw here */ int my_card_rawness;'
caught terminal/report/x.c '\tfprintf(out, "%.1f", f->figure_raw_value);' 'only in core/figure'
caught terminal/core/x.c '\tdouble low = f.figure_raw_low;' 'only in core/figure'
passes terminal/core/figure_x.c '\tf->figure_raw_value = 1;'
passes tests/unit/x.c '\tf.figure_raw_value = 1;'
caught terminal/report/x.c '\thtml_markup_literal(html, wording);' 'only in report/html'
passes terminal/report/x.c '\thtml_markup(html, "<p>");'

# Paths of one machine
for folder in work root home; do
	caught config.ini "database=/$folder/x.db" 'path of one machine'
	caught tests/x.sh "cd /$folder" 'path of one machine'
	caught README.md '<<<<<<< theirs' 'what a merge left'
done
passes notes.md 'homework/home, /homes, ~/x'

# What a source names, a reader has
caught terminal/run/x.h '/* after plans.md, "The store" */' 'not in the repository'
caught schema/local/x.sql '-- (numbers.md)' 'not in the repository'
caught README.md 'See notes.md.' 'not in the repository'
passes README.md 'README.md, "Files"'

# The house itself
build_house
mkdir tools && echo x >tools/x
"$here/check-source.sh" . >said 2>&1
grep -q '^tools/x:1: the folder tools/' said && word=ok || word='not ok'
verdict "$word" 'a fifth folder'

for lines in 500 501 600 601; do
	build_house
	yes 'int x;' | head -n $lines >terminal/run/long.c
	"$here/check-source.sh" . >said 2>&1
	status=$?
	case $lines:$status:$(cat said) in
	500:0: | 501:0:*warning* | 600:0:*warning* | 601:1:*'more than 600'*) word=ok ;;
	*) word='not ok' ;;
	esac
	verdict "$word" "a file of $lines lines"
done

echo "1..$count"
