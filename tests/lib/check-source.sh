#!/bin/sh
# Holds the walls of the house without compiling: who includes whom, which library stays
# where, what the pure rooms must not call.  The rules are tables in check-source.awk.
#
#   check-source.sh [FOLDER]
#
# Prints FILE:LINE: what and why; exit 1 if there was anything.
set -u

here=$(cd "$(dirname "$0")" && pwd) || exit 1
cd "${1:-.}" || exit 1

# Tracked and new files alike; outside git, all but what is built.
list() {
	if [ -e .git ]; then
		git ls-files --cached --others --exclude-standard
	else
		find . -path ./build -prune -o -type f -printf '%P\n'
	fi
}

# Text files that are really there, in one order everywhere.
files=$(list | LC_ALL=C sort | xargs grep -lIs '')

# shellcheck disable=SC2086 # paths hold no spaces
LC_ALL=C awk -f "$here/check-source.awk" $files
