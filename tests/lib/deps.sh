#!/bin/sh
# Installs what is missing of the Debian packages that a use of the source needs.
#
#   deps.sh build [test] [bench] [office]
#   deps.sh build [test]
#   deps.sh office
#   deps.sh build [test] [bench]
#
# Silent when nothing is missing.  Starts no service.  Without the rights to install: names
# the packages, exit 1.
set -u

# USE PACKAGE FOLDER WHY; wanted only where FOLDER exists
packages() {
	cat <<-'TABLE'
	build gcc                  .               the compiler
	build libc6-dev            .               headers of the C library
	build pkg-config           .               finds the libraries below
	build libglib2.0-dev       .               main loop, options, time zones, files
	build libncurses-dev       terminal/screen the screen
	build libqrencode-dev      terminal/screen QR codes
	build libsqlite3-dev       terminal/store  the database
	build libserialport-dev    drivers         serial ports
	build libsodium-dev        .               PIN hashes, random numbers, wiping
	build libpq-dev            terminal/sync   the server (tillask-sync)
	build libcurl4-openssl-dev terminal/send   e-mail and web hooks (tillask-send)
	build libxlsxwriter-dev    terminal/export Excel files (tillask-export)
	build libjansson-dev       terminal/export the manifest of another database (tillask-export)
	build ncurses-base         .               what common terminals can do
	build ncurses-term         .               what the other terminals can do
	build tzdata               .               time zones
	office libreoffice-calc    .               opens the workbooks (make test-long)
	test  libvterm-dev         .               a terminal in memory, to see the screen
	test  clang                tests/fuzz      fuzzers
	test  libclang-rt-14-dev   tests/fuzz      fuzzers
	test  clang-format         .               the formatting is checked
	test  python3              .               computes figures and reads files a second time
	test  zbar-tools           tests/unit      reads QR codes
	test  sqlite3              .               looks into the database from outside
	test  socat                .               makes serial lines
	test  gdb                  .               core dumps, searched for card numbers
	test  strace               .               fails and delays system calls
	test  libfaketime          .               other days and clocks that jump
	test  locales              tests/screen    Russian in KOI8-R
	test  tmux                 .               the program under a second real terminal
	test  chromium             terminal/report looks at the HTML report
	test  fonts-dejavu-core    terminal/report Latin and Cyrillic letters for it
	test  poppler-utils        terminal/report reads what it prints
	test  postgresql           terminal/sync   the server under test
	test  openssl              terminal/sync   certificates of that server
	test  pgbouncer            terminal/sync   the pool of connections before it
	bench pgloader             tests/bench     what sending is compared with
	TABLE
}

missing=$(packages | while read -r use package folder why; do
	case " $* " in *" $use "*) ;; *) continue ;; esac
	[ -e "$folder" ] || continue
	case $(dpkg-query -W -f='${db:Status-Abbrev}' "$package" 2>/dev/null) in
	ii*) ;;
	*) echo "$package $why" ;;
	esac
done)
[ -n "$missing" ] || exit 0
names=$(echo "$missing" | while read -r package _; do printf ' %s' "$package"; done)

{
	echo 'Missing Debian packages:'
	echo "$missing" | while read -r package why; do printf '  %-22s %s\n' "$package" "$why"; done
} >&2

if ! command -v apt-get >/dev/null; then
	echo 'This is no Debian: install the like of them, then use make all, make unit, ...' >&2
	exit 1
fi

as_root=
if [ "$(id -u)" -ne 0 ]; then
	as_root='sudo -n'
	[ -t 0 ] && as_root=sudo # it may ask
	if ! command -v sudo >/dev/null || ! $as_root true; then
		echo "No rights to install them. As root: apt-get install$names" >&2
		exit 1
	fi
fi

echo 'Installing them: a minute or so.' >&2
# policy-rc.d is Debian's way to say that no service may be started; a local one is kept.
# shellcheck disable=SC2086 # lists of words
$as_root sh -c '
	export DEBIAN_FRONTEND=noninteractive
	policy=/usr/sbin/policy-rc.d
	[ -e $policy ] || {
		printf "#!/bin/sh\nexit 101\n" >$policy && chmod 755 $policy
		trap "rm -f $policy" EXIT
		trap "exit 130" INT TERM HUP
	}
	wait_for_others="-o DPkg::Lock::Timeout=300"
	apt-get $wait_for_others -qq update &&
	apt-get $wait_for_others -qq -y --no-install-recommends install "$@"
' sh $names >/dev/null </dev/null || {
	echo "They could not be installed: see above. Needed:$names" >&2
	exit 1
}
