# The rules of check-source.sh.

BEGIN {
	# Who may include whom: a room, and the rooms whose headers it may name.
	# `base` is terminal/*.h; folders of terminal/ that are not here are helper programs.
	may["core"]    = "core"
	may["base"]    = "base core"
	may["screen"]  = "screen base core"
	may["store"]   = "store base core"
	may["report"]  = "report base core"
	may["run"]     = "run screen store report drivers base core"
	may["command"] = "command run screen store report drivers base core"
	may["main"]    = "command run screen store report drivers base core"
	may["drivers"] = "drivers"
	helper_may     = "store base core"
	drivers_may    = " terminal/core/card.h terminal/core/payment_card.h "

	# Which library stays where: headers, the only files that may include them, how to say it.
	library("(^|/)(n?curses|term|panel|menu|form)[.]h$", "^terminal/screen/tty[.]c$", "screen/tty.c")
	library("^sqlite3[a-z]*[.]h$",  "^terminal/store/",           "store/")
	library("^libserialport[.]h$",  "^drivers/port[^/]*[.]c$",    "drivers/port*.c")
	library("^(postgresql/)?libpq", "^terminal/sync/",            "sync/")
	library("^curl/",               "^terminal/send/",            "send/")
	library("(^|/)qrencode[.]h$",   "^terminal/screen/qr[.]c$",   "screen/qr.c")
	library("(^|/)xlsxwriter",      "^terminal/export/",          "export/")

	# Which names stay where.
	name("card_raw", "^(drivers/|terminal/core/payment_card[.])", \
	     "drivers/ and the guard: raw card data must not travel")
	name("figure_raw", "^terminal/core/figure[^/]*$", \
	     "core/figure*: a figure is printed with its interval and n, by figure_format()")

	name("html_markup_literal", "^terminal/report/html[.]", \
	     "report/html.*: html_markup() takes literals and nothing else, html_text() the rest")

	# The pure rooms, core and decoders: values in, values out.
	pure_headers = " assert ctype errno float inttypes iso646 limits math stdalign stdarg" \
		" stdbool stddef stdint stdio stdlib stdnoreturn string strings wchar wctype "
	pure_banned = calls("time clock clock_gettime gettimeofday localtime localtime_r gmtime" \
		" gmtime_r mktime timegm strftime sleep usleep nanosleep" \
		" rand rand_r srand random srandom drand48 arc4random getrandom" \
		" malloc calloc realloc free strdup strndup asprintf vasprintf alloca" \
		" fopen freopen fdopen fclose fflush fread fwrite fgets fgetc fputs fputc fprintf" \
		" vfprintf fscanf scanf getline getchar printf vprintf puts putchar putc perror" \
		" open openat creat close read write pread pwrite lseek ioctl fcntl poll select" \
		" socket remove rename unlink tmpfile popen system getenv setlocale exit abort" \
		" pthread_create pthread_mutex_lock")
	banned = calls("strcpy strcat sprintf vsprintf stpcpy gets")

	lines_max = 600
	lines_warn = 500

	for (i = 1; i < ARGC; i++) {
		exists[ARGV[i]] = 1
		paper = ARGV[i]
		sub(/^.*\//, "", paper)
		if (paper ~ /[.]md$/)
			papers[paper] = 1
		folder = ARGV[i]
		if (sub("/.*", "", folder) && folder !~ /^(terminal|drivers|schema|tests|[.].*)$/)
			fault(ARGV[i] ":1", "the folder " folder "/: the house has terminal, drivers," \
			      " schema, tests and no others")
	}
	if (ARGC == 1)
		exit
}

function library(header, place, said)
{
	libraries++
	library_header[libraries] = header
	library_place[libraries] = place
	library_said[libraries] = said
}

function name(word, place, said)
{
	names++
	name_word[names] = "(^|[^A-Za-z0-9_])" word
	name_place[names] = place
	name_said[names] = word " may be named only in " said
}

# A regular expression for calls of these functions; members of structures may bear the names.
function calls(words)
{
	gsub(/ /, "|", words)
	return "(^|[^A-Za-z0-9_.>])(" words ")[ \t]*[(]"
}

function fault(where, what)
{
	print where ": " what
	faults++
}

function here(what)
{
	fault(FILENAME ":" FNR, what)
}

function room_of(path,   part)
{
	split(path, part, "/")
	if (part[1] != "terminal")
		return part[1]
	if (path ~ /^terminal\/main[.]/)
		return "main"
	return part[3] == "" ? "base" : part[2]
}

# The line without comments, and without what stands between quotes.
function code_of(line,   out, sign)
{
	out = ""
	for (;;) {
		if (in_comment) {
			if (!match(line, /\*\//))
				return out
			in_comment = 0
			out = out " "
		} else {
			if (!match(line, /["']|\/\*|\/\//))
				return out line
			out = out substr(line, 1, RSTART - 1)
			sign = substr(line, RSTART, RLENGTH)
			if (sign == "//")
				return out
			line = substr(line, RSTART + RLENGTH)
			if (sign == "/*") {
				in_comment = 1
				continue
			}
			out = out sign sign
			if (!match(line, sign == "\"" ? "^([^\"\\\\]|\\\\.)*\"" : "^([^'\\\\]|\\\\.)*'"))
				return out
		}
		line = substr(line, RSTART + RLENGTH)
	}
}

function check_system_header(header,   i, base)
{
	for (i = 1; i <= libraries; i++)
		if (header ~ library_header[i] && FILENAME !~ library_place[i])
			here("<" header "> may be included only in " library_said[i])
	base = header
	sub(/[.]h$/, "", base)
	if (pure && !index(pure_headers, " " base " "))
		here("<" header "> in a pure room: core and decoders know no clock, file, socket, GLib")
}

function check_own_header(header,   path, target, allowed)
{
	if (header ~ /(^|\/)[.][.]?\//) {
		here("\"" header "\": includes are written from terminal/ or the project's root")
		return
	}
	path = ("terminal/" header) in exists ? "terminal/" header : header
	if (!(path in exists)) {
		target = FILENAME
		sub("[^/]*$", header, target)
		if (target in exists)
			here("\"" header "\": includes are written from terminal/ or the project's" \
			     " root; here \"" shown(target) "\"")
		else
			check_system_header(header)
		return
	}
	if (room == "drivers" && index(drivers_may, " " path " "))
		return
	target = room_of(path)
	allowed = room in may ? may[room] : room " " helper_may
	if (!index(" " allowed " ", " " target " "))
		here("\"" header "\": " room " may not include " target "; allowed: " allowed)
}

function shown(path)
{
	sub("^terminal/", "", path)
	return path
}

function end_of_file()
{
	if (!is_code || FILE_LINES <= lines_warn)
		return
	if (FILE_LINES > lines_max)
		fault(last ":" FILE_LINES, "more than " lines_max " lines: what second thing has moved in?")
	else
		print last ":" FILE_LINES ": warning: more than " lines_warn " lines"
}

FNR == 1 {
	end_of_file()
	last = FILENAME
	in_comment = 0
	room = room_of(FILENAME)
	is_c = FILENAME ~ /[.][ch]$/
	is_read = FILENAME ~ /[.]([ch]|sql|ini|md)$/
	is_code = is_c || FILENAME ~ /([.](sh|awk|sql)|(^|\/)Makefile)$/
	is_product = is_c && FILENAME ~ /^(terminal|drivers)\//
	pure = is_product && (room == "core" || \
		room == "drivers" && FILENAME !~ /^drivers\/(port|reader)[^\/]*$/)
}

{ FILE_LINES = FNR }

/(^|[^A-Za-z0-9_])(T[O]DO|FIX[M]E|X[X]X)([^A-Za-z0-9_]|$)/ {
	here("a mark of unfinished work: finish it, or write it down where it is planned")
}

/^(<<<<<<<|>>>>>>>) / {
	here("what a merge left: two versions of these lines")
}

/(^|[^A-Za-z0-9_.*])\/(work|root|home)([^A-Za-z0-9_-]|$)/ {
	here("the path of one machine")
}

is_read && match($0, /[A-Za-z0-9_-]+[.]md/) {
	paper = substr($0, RSTART, RLENGTH)
	if (!(paper in papers))
		here("names " paper ", which is not in the repository: say it here or in the README")
}

!is_c { next }

{ code = code_of($0) }

code ~ banned { here("a function that writes without knowing the size (strcpy and its like)") }

!is_product { next }

code ~ /^[ \t]*#[ \t]*include/ {
	header = $0
	if (sub(/^[^<"]*</, "", header) && sub(/>.*/, "", header)) {
		check_system_header(header)
	} else {
		header = $0
		sub(/^[^"]*"/, "", header)
		sub(/".*/, "", header)
		check_own_header(header)
	}
	next
}

code ~ /^[ \t]*default[ \t]*:/ && !/\/\* not an enum \*\// {
	here("`default:` hides a forgotten value of an enum; if it is none, say /* not an enum */")
}

pure && match(code, pure_banned) {
	here("a call in a pure room: `" substr(code, RSTART, RLENGTH) "`: time, random bits, memory" \
	     " and files come from outside")
}

{
	for (i = 1; i <= names; i++)
		if (FILENAME !~ name_place[i] && code ~ name_word[i])
			here(name_said[i])
}

END {
	end_of_file()
	exit faults > 0
}
