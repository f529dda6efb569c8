"""The workbooks of a day as LibreOffice reads them, against the CSVs.  Prints TAP.

    export_office.py TILLASK-EXPORT
"""

import csv
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import export_check  # noqa: E402
import export_cuts  # noqa: E402

TABLES = ("survey", "answers", "cards")
FILTER = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


def convert(shop, table):
    """The data sheet of a workbook as LibreOffice gives it back."""
    name = f"{table}-017-3-2026-03-05"
    subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{shop.folder}/office",
                    "--convert-to", FILTER, "--outdir", shop.folder,
                    os.path.join(shop.export, name + ".xlsx")],
                   check=True, capture_output=True, timeout=300)
    sheet = {"survey": "visits"}.get(table, table)
    with open(os.path.join(shop.folder, f"{name}-{sheet}.csv"), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def same(title, ours, theirs):
    ours = ours[1:] if ours.startswith("'") else ours
    if title in export_check.TIMES:
        return theirs == ours.replace("T", " ")[:19]
    if title in export_check.TEXTS | export_check.DAYS or not theirs:
        return ours == theirs
    try:
        return float(ours.replace(",", ".")) == float(theirs.replace(",", "."))
    except ValueError:
        return ours == theirs


def check(shop, table):
    ours = export_check.csv_rows(shop.export, f"{table}-017-3-2026-03-05.csv")
    theirs = convert(shop, table)
    if len(ours) != len(theirs):
        raise AssertionError(f"{len(ours)} rows, in LibreOffice {len(theirs)}")
    for mine, other in zip(ours, theirs):
        for title in mine:
            if not same(title, mine[title], other[title]):
                raise AssertionError(f"{title}: {mine[title]!r}, {other[title]!r}")


def main():
    shop = export_cuts.Shop()
    export_cuts.expect("made", shop.run(export_cuts.MORNING)[0], 0)
    print(f"1..{len(TABLES)}")
    failed = False
    for n, table in enumerate(TABLES, 1):
        try:
            check(shop, table)
            print(f"ok {n} {table}", flush=True)
        except (AssertionError, OSError, KeyError, subprocess.SubprocessError) as why:
            failed = True
            print(f"# {why}\nnot ok {n} {table}", flush=True)
    shop.remove()
    sys.exit(failed)


if __name__ == "__main__":
    main()
