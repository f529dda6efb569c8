#!/bin/sh
# The daily files where things go wrong: kills, full disks, shares, clocks.
exec python3 tests/lib/export_cuts.py "$(dirname "$TILLASK_BIN")/tillask-export"
