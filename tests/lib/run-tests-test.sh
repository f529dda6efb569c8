#!/bin/sh
# Gives run-tests.sh programs that go wrong in every way, and sees each counted.  Prints TAP.
set -u

runner=$(cd "$(dirname "$0")" && pwd)/run-tests.sh
cd "$(mktemp -d)" || exit 1
trap 'rm -rf "$PWD"' EXIT
unset TILLASK_TOTALS
count=0

program() { # NAME TEXT
	printf '#!/bin/sh\n%b\n' "$2" >"$1"
	chmod +x "$1"
}

expect() { # STATUS CLOSING-LINE WHAT, then what the runner is given
	status=$1 closing=$2 what=$3
	shift 3
	"$runner" "$@" >said 2>&1
	got=$?
	count=$((count + 1))
	if [ $got -eq "$status" ] && [ "$(tail -n 1 said)" = "$closing" ]; then
		echo "ok $count $what"
	else
		echo "not ok $count $what: exit $got"
		sed 's/^/# said: /' said
	fi
}

program good 'echo ok 1 a; echo ok 2 b; echo 1..2'
program bad 'echo 1..2; echo ok 1 a; echo not ok 2 b; echo why >&2; exit 1'
program skips 'echo 1..2; echo ok 1 a; echo "ok 2 b # SKIP no disk"'
program silent 'exit 0'
program planless 'echo ok 1 a'
program short 'echo 1..3; echo ok 1 a; echo ok 2 b'
program crash 'echo 1..1; echo ok 1 a; kill -SEGV $$'
program status 'echo 1..1; echo ok 1 a; exit 3'
program bail 'echo 1..2; echo ok 1 a; echo "Bail out! no"; exit 1'
program slow 'echo 1..1; sleep 60; echo ok 1 a'
program daemon 'echo 1..1; setsid sleep 321 & echo $! >daemon.pid; echo ok 1 a'
program arguments 'echo 1..1; [ "$*" = "--tap --seeds 5" ] && echo ok 1 || echo not ok 1'
program input 'echo 1..1; read -r line && echo not ok 1 || echo ok 1'

expect 0 '2 passed, 0 failed' 'all is well' ./good
expect 0 '4 passed, 0 failed' 'programs are summed' --jobs 2 ./good ./good
expect 1 '3 passed, 1 failed' 'a failed test' ./good ./bad
expect 0 '1 passed, 0 failed' 'a skipped test is not a passed one' ./skips
expect 1 '0 passed, 1 failed' 'no test, no plan' ./silent
expect 1 '1 passed, 1 failed' 'no plan' ./planless
expect 1 '2 passed, 1 failed' 'fewer tests than planned' ./short
expect 1 '1 passed, 1 failed' 'a crash' ./crash
expect 1 '1 passed, 1 failed' 'an exit status without a failed test' ./status
expect 1 '1 passed, 1 failed' 'a test that bails out' ./bail
expect 1 '0 passed, 1 failed' 'a test that hangs' --timeout 1 ./slow
expect 1 '0 passed, 1 failed' 'a program that is not there' ./none
expect 1 '0 passed, 0 failed' 'no program'
expect 0 '1 passed, 0 failed' 'arguments' ./arguments -- --seeds 5
expect 0 '1 passed, 0 failed' 'no standard input' ./input

expect 0 '1 passed, 0 failed' 'a program that leaves a daemon' ./daemon
count=$((count + 1))
grep -qs '^State:.[RSD]' "/proc/$(cat daemon.pid)/status" && word='not ok' || word=ok
echo "$word $count its daemon is dead"

# A make of our own: the stage's name is the test's
program make 'shift; case $1 in broken) exit 2 ;; esac; '"$runner"' "./$1"'
printf 'good\nbroken\nbad\n' >stages
expect 1 '3 passed, 2 failed' 'stages are summed, one that cannot be built fails' \
	--stages ./make 1 <stages
echo good >stages
expect 0 '2 passed, 0 failed' 'stages that are well' --stages ./make 1 <stages

program fuzzer 'for last; do :; done; ls "$last"; [ ! -e "$last/crash" ]'
mkdir -p tests/fuzz/corpus/fuzzer
expect 0 '1 passed, 0 failed' 'a fuzzer over its kept inputs' --fuzz ./fuzzer -- -runs=1
touch tests/fuzz/corpus/fuzzer/crash
expect 1 '0 passed, 1 failed' 'a fuzzer that crashes' --fuzz ./fuzzer -- -runs=1

echo "1..$count"
