"""The daily files as another program reads them.

    export_check.py FOLDER manifest NAME       every file it names is there, with its hash and rows
    export_check.py FOLDER seal NAME PLAIN...  its seal is the hash over these files
    export_check.py FOLDER same TABLE-DAY      .csv (as Excel opens it), .jsonl and .xlsx say the same

Exit 1 and what is wrong on standard error.  Python's standard library only.
"""

import csv
import datetime
import hashlib
import io
import json
import os
import re
import sys
import xml.etree.ElementTree as xml
import zipfile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
TEXTS = {"visit", "event", "store", "till", "cashier", "card", "receipt"}
DAYS = {"day"}
TIMES = {"started", "ended", "at"}


def fail(*what):
    sys.exit(" ".join(str(part) for part in what))


def read(folder, name):
    with open(os.path.join(folder, name), "rb") as file:
        return file.read()


def csv_rows(folder, name):
    text = read(folder, name)
    if not text.startswith(b"\xef\xbb\xbf") or not text.endswith(b"\r\n"):
        fail(name, "has no BOM or no last line end")
    lines = io.StringIO(text.decode("utf-8-sig"), newline="")
    return list(csv.DictReader(lines, delimiter=";", strict=True))


def jsonl_rows(folder, name):
    return [json.loads(line) for line in read(folder, name).decode().split("\n")[:-1]]


# ---- workbooks ------------------------------------------------------------------------------


class Workbook:
    """Sheets by name: rows of (kind, value), kind being text, number, or its format's code."""

    def __init__(self, path):
        self.zip = zipfile.ZipFile(path)
        if self.zip.testzip():
            fail(path, "is torn")
        self.formats = self.read_formats()
        targets = {r.get("Id"): r.get("Target") for r in self.xml("xl/_rels/workbook.xml.rels")}
        sheets = self.xml("xl/workbook.xml").find(MAIN + "sheets")
        self.parts = {s.get("name"): "xl/" + targets[s.get(RELATION)] for s in sheets}
        self.names = list(self.parts)

    def xml(self, part):
        return xml.fromstring(self.zip.read(part))

    def read_formats(self):
        styles = self.xml("xl/styles.xml")
        codes = {n.get("numFmtId"): n.get("formatCode") for n in styles.iter(MAIN + "numFmt")}
        return [codes.get(x.get("numFmtId"), x.get("numFmtId"))
                for x in styles.find(MAIN + "cellXfs")]

    def cell(self, c):
        if c.find(MAIN + "f") is not None:
            fail("a formula stands in", c.get("r"))
        if c.get("t") == "inlineStr":
            return "text", unescape("".join(t.text or "" for t in c.iter(MAIN + "t")))
        value = c.find(MAIN + "v")
        return self.formats[int(c.get("s", "0"))], None if value is None else float(value.text)

    def rows(self, name):
        for row in self.xml(self.parts[name]).iter(MAIN + "row"):
            cells = {}
            for c in row:
                column = re.match("[A-Z]+", c.get("r")).group()
                cells[column] = self.cell(c)
            yield cells


def unescape(text):
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m.group(1), 16)), text)


def instant(serial):
    return datetime.datetime(1899, 12, 30) + datetime.timedelta(milliseconds=round(serial * 86400000))


def check_sheet(book, name):
    sheet = book.xml(book.parts[name])
    if sheet.find(MAIN + "autoFilter") is None:
        fail(name, "has no filter")
    pane = sheet.find(f"{MAIN}sheetViews/{MAIN}sheetView/{MAIN}pane")
    if pane is None or pane.get("state") != "frozen" or pane.get("ySplit") != "1":
        fail(name, "has no frozen header")
    if sheet.find(MAIN + "cols") is None:
        fail(name, "has no widths")


def table(book, name):
    check_sheet(book, name)
    rows = list(book.rows(name))
    head = {column: value for column, (_, value) in rows[0].items()}
    return [{title: row.get(column, (None, None)) for column, title in head.items()}
            for row in rows[1:]]


def check_summary(book, path):
    charts = [n for n in book.zip.namelist() if n.startswith("xl/charts/chart")]
    if len(charts) < 2:
        fail(path, "has", len(charts), "charts")
    list(book.rows(book.names[0]))  # no formula there either


# ---- three formats, one table ---------------------------------------------------------------


def csv_value(text, kind):
    """What a spreadsheet makes of a cell."""
    if text == "":
        return None
    if kind == "text":
        return text[1:] if text.startswith("'") else text
    return float(text.replace(",", "."))


def compare(where, title, in_csv, in_json, in_sheet):
    kind, value = in_sheet
    if value is None:
        if in_json is not None or in_csv != "":
            fail(where, title, "is empty in the sheet only")
        return
    if title in TEXTS and kind != "text":
        fail(where, title, "is an identifier and no text")
    if title in DAYS | TIMES:
        if "yyyy" not in kind:
            fail(where, title, "is no date:", kind)
        iso = instant(value).isoformat(timespec="milliseconds")
        iso = iso[:10] if title in DAYS else iso
        if not (in_csv == in_json and in_json.startswith(iso)):
            fail(where, title, in_csv, in_json, iso)
    elif kind == "text":
        allowed = in_json.replace("\ufffe", "\ufffd")  # what XML has no way to say
        if csv_value(in_csv, "text") != in_json or allowed != value:
            fail(where, title, repr(in_csv), repr(in_json), repr(value))
    elif csv_value(in_csv, "number") != value or in_json != value:
        fail(where, title, in_csv, in_json, value)


def check_same(folder, stem):
    book = Workbook(os.path.join(folder, stem + ".xlsx"))
    name = {"survey": "visits", "answers": "answers", "cards": "cards"}[stem.split("-")[0]]
    if name == "visits":
        check_summary(book, stem)
    lines, objects = csv_rows(folder, stem + ".csv"), jsonl_rows(folder, stem + ".jsonl")
    sheet = table(book, name)
    if not len(lines) == len(objects) == len(sheet) > 0:
        fail(stem, "has", len(lines), len(objects), len(sheet), "rows")
    for n, (line, one, row) in enumerate(zip(lines, objects, sheet)):
        if not list(line) == list(one) == list(row):
            fail(stem, "columns", list(line), list(one), list(row))
        for title in line:
            compare(f"{stem} row {n}:", title, line[title], one[title], row[title])


# ---- manifests ------------------------------------------------------------------------------


def count_rows(folder, name):
    if name.endswith(".jsonl"):
        return len(jsonl_rows(folder, name))
    if name.endswith(".csv"):
        return len(csv_rows(folder, name))
    book = Workbook(os.path.join(folder, name))
    return sum(1 for _ in book.rows(book.names[-1])) - 1


def check_manifest(folder, name):
    manifest = json.loads(read(folder, name))
    for file in manifest["files"]:
        if hashlib.sha256(read(folder, file["name"])).hexdigest() != file["sha256"]:
            fail(name, "has another hash of", file["name"])
        if count_rows(folder, file["name"]) != file["rows"]:
            fail(name, "has", file["rows"], "rows of", file["name"])
    if manifest["closed"] != (manifest["seal"] is not None):
        fail(name, "closed and seal contradict each other")
    return manifest


def check_seal(folder, name, plain):
    whole = b"".join(read(folder, file) for file in plain)
    if check_manifest(folder, name)["seal"] != hashlib.sha256(whole).hexdigest():
        fail(name, "has another seal")


def main():
    folder, what, name, *more = sys.argv[1:]
    if what == "manifest":
        check_manifest(folder, name)
    elif what == "seal":
        check_seal(folder, name, more)
    else:
        check_same(folder, name)


if __name__ == "__main__":
    main()
