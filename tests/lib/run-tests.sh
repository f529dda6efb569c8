#!/bin/sh
# Runs test programs that print TAP and counts what they say.
#
#   run-tests.sh [--jobs N] [--timeout SECONDS] [--memory] [--fuzz] PROGRAM... [-- ARGUMENT...]
#       Each program gets `--tap` and the arguments, no standard input, a folder of its own
#       as TMPDIR and HOME, and at most SECONDS; what it leaves running is killed.  A crash,
#       a missing or broken plan, a timeout count as a failure.  What fails shows its output.
#       With --memory the folder is in memory where that has room: for tests that bring their
#       own failing disk, and would only wait for a slow one.
#       With --fuzz the programs are libFuzzer targets: the arguments are libFuzzer's, the
#       kept inputs of NAME lie in tests/fuzz/corpus/NAME.
#   run-tests.sh --stages MAKE JOBS
#       Runs `MAKE -jJOBS LINE` for each line of standard input, whatever fails, and sums.
#
# Ends with the line "N passed, N failed"; exit 1 if a test failed or none ran.  Under
# --stages only the sum of all stages says so.
set -u

total() { # FILE of lines "PASSED FAILED NAME"
	awk '{ passed += $1; failed += $2; if ($2) { $1 = $2 = ""; bad = bad "\n#  " $0 } }
	     END { if (bad) print "# failed:" bad
	           printf "%d passed, %d failed\n", passed, failed
	           exit failed > 0 || passed == 0 }' "$1"
}

# ---- all stages -----------------------------------------------------------------------

stages() { # MAKE JOBS
	TILLASK_TOTALS=$(mktemp) || exit 1
	export TILLASK_TOTALS
	trap 'rm -f "$TILLASK_TOTALS"' EXIT
	trap 'exit 130' INT TERM HUP

	while read -r stage; do
		[ -n "$stage" ] || continue
		echo "## make $stage"
		begun=$(date +%s)
		# shellcheck disable=SC2086 # a stage is a list of words
		$1 "-j$2" $stage </dev/null || echo "0 1 make $stage" >>"$TILLASK_TOTALS"
		echo "## $(($(date +%s) - begun)) s: make $stage"
	done
	total "$TILLASK_TOTALS"
}

# ---- one program ----------------------------------------------------------------------

# Tests start daemons and terminals of their own, which no process group holds together; the
# environment does.
reap() { # FOLDER: kill whatever still runs with it as TMPDIR, print how many
	for environ in $(grep -lsz "^TMPDIR=$1\$" /proc/[0-9]*/environ); do
		pid=${environ#/proc/}
		kill -9 "${pid%/environ}" 2>/dev/null && echo killed
	done | wc -l
}

judge() { # TAP STATUS SECONDS -> "PASSED FAILED", then a line for each fault and each skip
	awk -v status="$2" -v limit="$3" '
	/^1\.\.[0-9]+/        { planned = substr($1, 4) + 0; has_plan = 1 }
	/^not ok/             { failed++; next }
	/^ok .*# [Ss][Kk][Ii]/ { skipped++; notes = notes "# skipped: " $0 "\n"; next }
	/^ok/                 { passed++ }
	/^Bail out!/          { fault("bailed out") }
	function fault(why)   { broken = 1; notes = notes "# " why "\n" }
	END {
		ran = passed + failed + skipped
		if (status == 124 || status == 137)
			fault("stopped after " limit " s, or killed")
		else if (status > 128)
			fault("died of signal " status - 128)
		else if (status != 0 && !failed && !(status == 77 && skipped))
			fault("exit status " status " without a failed test")
		if (!has_plan)
			fault("printed no plan (1..N)")
		else if (planned != ran)
			fault("planned " planned " tests, ran " ran + 0)
		if (broken && !failed)
			failed = 1
		printf "%d %d\n%s", passed, failed, notes
	}' "$1"
}

one() { # PROGRAM [ARGUMENT...]
	program=$1
	shift
	room=$(mktemp -d "$rooms/tillask-test.XXXXXX") || exit 1
	trap 'reap "$room" >/dev/null; rm -rf "$room"' EXIT
	trap 'exit 130' INT TERM HUP
	mkdir "$room/home"

	command=$program
	case $program in
	*/tsan/*) # its shadow memory does not fit every random layout of addresses
		setarch -R true 2>/dev/null && command="setarch -R $program" ;;
	*/*) ;;
	*) command=./$program ;;
	esac

	name=${program##*/}
	if [ "$fuzz" ]; then
		kept=tests/fuzz/corpus/$name
		mkdir "$room/found" # what libFuzzer finds goes into the first folder
		set -- -timeout=10 "$@" -artifact_prefix="$(dirname "$program")/$name-" "$room/found"
		[ ! -d "$kept" ] || set -- "$@" "$kept"
	else
		set -- --tap "$@"
	fi

	begun=$(date +%s%N)
	# --foreground: Ctrl-C reaches the test too; what it started is reaped below
	# shellcheck disable=SC2086 # $command may be two words
	TMPDIR=$room HOME=$room/home timeout --foreground -k 5 "$limit" $command "$@" \
		</dev/null >"$room/out" 2>"$room/err"
	status=$?
	ms=$((($(date +%s%N) - begun) / 1000000))
	left=$(reap "$room")

	if [ "$fuzz" ]; then
		[ $status -eq 0 ] && echo 1 0 || echo 0 1
	else
		judge "$room/out" $status "$limit"
	fi >"$room/verdict"
	read -r passed failed <"$room/verdict"
	{
		[ "$failed" -eq 0 ] && word=ok || word=FAIL
		printf '%-4s %s: %s passed, %s failed, %s.%03d s\n' \
			"$word" "$program" "$passed" "$failed" $((ms / 1000)) $((ms % 1000))
		if [ "$failed" -ne 0 ]; then
			sed 's/^/    /' "$room/out"
			sed 's/^/  ! /' "$room/err"
		fi
		sed 1d "$room/verdict"
		[ "$left" -eq 0 ] || echo "# left $left processes running"
	} >"$room/report"
	flock "$TILLASK_TOTALS" cat "$room/report"
	echo "$passed $failed $program" >>"$TILLASK_TOTALS"
}

# ---- arguments ------------------------------------------------------------------------

jobs=1 limit=300 rooms=/tmp memory= fuzz=
while [ $# -gt 0 ]; do
	case $1 in
	--jobs) jobs=$2 && shift 2 ;;
	--timeout) limit=$2 && shift 2 ;;
	--memory) memory=yes && shift ;;
	--fuzz) fuzz=yes && shift ;;
	--one) shift && one "$@" && exit ;;
	--stages) stages "$2" "$3" && exit ;;
	*) break ;;
	esac || exit 1
done

if [ "$memory" ] && [ -w /dev/shm ] &&
	[ "$(df -Pk /dev/shm | awk 'NR == 2 { print $4 }')" -gt 1000000 ]; then
	rooms=/dev/shm
fi

# What a test may find around it is the same everywhere.
export LC_ALL=C.UTF-8 TZ=UTC TERM=xterm-256color
export G_DEBUG=fatal-criticals
export ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1
export UBSAN_OPTIONS=print_stacktrace=1
export TSAN_OPTIONS="second_deadlock_stack=1:suppressions=$PWD/tests/lib/tsan.supp"
unset TILLASK_CONFIG

alone=
if [ -z "${TILLASK_TOTALS:-}" ]; then
	TILLASK_TOTALS=$(mktemp) && alone=yes || exit 1
	export TILLASK_TOTALS
	trap 'rm -f "$TILLASK_TOTALS"' EXIT
	trap 'exit 130' INT TERM HUP
fi

programs=
while [ $# -gt 0 ] && [ "$1" != -- ]; do
	programs="$programs $1"
	shift
done
[ $# -gt 0 ] && shift

# shellcheck disable=SC2086 # programs' paths hold no spaces
[ -z "$programs" ] || printf '%s\n' $programs | xargs -P "$jobs" -I PROGRAM \
	"$0" --timeout "$limit" ${memory:+--memory} ${fuzz:+--fuzz} --one PROGRAM "$@"

[ -z "$alone" ] || total "$TILLASK_TOTALS"
