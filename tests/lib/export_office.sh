#!/bin/sh
# LibreOffice opens the workbooks without repair, and finds in them what the CSV says.  Prints TAP.
exec python3 tests/lib/export_office.py "$(dirname "$TILLASK_BIN")/tillask-export"
