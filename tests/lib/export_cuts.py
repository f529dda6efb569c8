"""Daily files where things go wrong: kills, disks, shares, clocks.  Prints TAP.

    export_cuts.py TILLASK-EXPORT

With LONG in the environment every system call of a sealing run is its last one once; without it
every fifth.
"""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import export_check  # noqa: E402

PROGRAM = os.path.abspath(sys.argv[1])
FAKETIME = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"
WRITING = "rename,unlink,fsync,fdatasync,pwrite64,write,ftruncate"
DAY = 20517  # 2026-03-05
NAME = "survey-017-3-2026-03-05"
STEP = 1 if os.environ.get("LONG") else 5

CONFIG = """[terminal]
store=017
till=3
timezone={zone}
day_starts={starts}
language=en
languages=en;ru
database=t.db
[question overall]
kind=smiley
when=always
text[en]=How was it?
text[ru]=Как вам?
low[en]=bad
low[ru]=плохо
high[en]=good
high[ru]=хорошо
[reader demo]
device=demo
[export]
folder=export
formats={formats}
at={at}
"""


def make_database(path, days):
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    version = 0
    for name in sorted(os.listdir("schema/local")):
        with open(os.path.join("schema/local", name), encoding="utf-8") as file:
            db.executescript(file.read())
        version = int(name.split("-")[0])
    db.execute("PRAGMA application_id = 1953264491")
    db.execute(f"PRAGMA user_version = {version}")
    db.execute("INSERT INTO till VALUES (1, '017', '3', 'RUB')")
    db.execute("INSERT INTO meta (one, generation, secret, till)"
               " VALUES (1, randomblob(16), randomblob(32), 1)")
    db.execute("INSERT INTO question VALUES (1, 'overall', NULL)")
    db.execute("INSERT INTO wording (n, question, hash, kind, point, low_choices)"
               " VALUES (1, 1, randomblob(32), 'smiley', '', 0)")
    db.execute("INSERT INTO wording_text VALUES (1, 'en', 'How was it?', 'bad', 'good')")
    seq = 0
    for day in days:
        for _ in range(5):
            seq += 1
            at = (day * 86400 + 43200 + seq) * 1000
            db.execute("INSERT INTO visit (id, till, day, \"trigger\", language, started,"
                       " started_offset, ended, ended_offset, milliseconds, doubtful, outcome,"
                       " reason, offered) VALUES (randomblob(16), 1, ?, 'key', 'en', ?, 0, ?, 0,"
                       " 5000, 0, 'completed', '', 1)", (day, at, at + 5000))
            db.execute("INSERT INTO answer SELECT max(n), 1, ?, 0, 9, 1, 1.0, ?, NULL FROM visit",
                       (at, seq % 5 + 1))
            db.execute("UPDATE visit SET seq = ? WHERE seq IS NULL", (seq,))
    db.close()


class Shop:
    def __init__(self, zone="Europe/Moscow", starts="04:00", at="23:30", formats="csv;xlsx",
                 days=(DAY,)):
        self.folder = tempfile.mkdtemp(prefix="cuts-")
        self.export = os.path.join(self.folder, "export")
        with open(os.path.join(self.folder, "config.ini"), "w", encoding="utf-8") as file:
            file.write(CONFIG.format(zone=zone, starts=starts, at=at, formats=formats))
        make_database(os.path.join(self.folder, "t.db"), days)

    def run(self, when, *strace, args=("--due",)):
        """tillask export at a faked time (UTC)."""
        env = {"LD_PRELOAD": FAKETIME, "FAKETIME": "@" + when, "TZ": "UTC", "PATH": "/usr/bin:/bin",
               "FAKETIME_DONT_FAKE_MONOTONIC": "1", "TMPDIR": self.folder}
        command = [PROGRAM, "--config", os.path.join(self.folder, "config.ini"), "export", *args]
        if strace:
            into = [part for name, value in env.items() for part in ("-E", f"{name}={value}")]
            command = ["strace", "-f", "-qq", "-o", "/dev/null", *into, "-e", "trace=" + WRITING,
                       *strace, *command]
            env = {"PATH": "/usr/bin:/bin"}
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
        return done.returncode, done.stderr

    def files(self):
        """Hash by name; what is hidden is no file for people."""
        if not os.path.isdir(self.export):
            return {}
        return {name: hashlib.sha256(export_check.read(self.export, name)).hexdigest()
                for name in sorted(os.listdir(self.export)) if not name.startswith(".")}

    def manifest(self, name=NAME):
        """What it says, checked against the files; None: there is none."""
        if not os.path.exists(os.path.join(self.export, name + ".json")):
            return None
        return export_check.check_manifest(self.export, name + ".json")

    def copy(self):
        other = object.__new__(Shop)
        other.folder = tempfile.mkdtemp(prefix="cuts-")
        shutil.rmtree(other.folder)
        shutil.copytree(self.folder, other.folder)
        other.export = os.path.join(other.folder, "export")
        return other

    def remove(self):
        shutil.rmtree(self.folder)


EVENING, MORNING = "2026-03-05 20:40:00", "2026-03-06 01:02:00"


def expect(what, is_value, value):
    if is_value != value:
        raise AssertionError(f"{what}: {is_value!r}, not {value!r}")


def add_visit(shop, seq, day):
    """One more like the last."""
    db = sqlite3.connect(os.path.join(shop.folder, "t.db"))
    db.execute("INSERT INTO visit (id, till, day, \"trigger\", language, started, started_offset,"
               " ended, ended_offset, milliseconds, doubtful, outcome, reason, offered)"
               " SELECT randomblob(16), till, ?, \"trigger\", language, started, 0, ended, 0, 1,"
               " 1, 'ignored', '', 1 FROM visit WHERE seq = ?", (day, seq - 1))
    db.execute("UPDATE visit SET seq = ? WHERE seq IS NULL", (seq,))
    db.commit()
    db.close()


def provisional():
    """Made in the evening; then one more customer came."""
    shop = Shop()
    expect("evening", shop.run(EVENING)[0], 0)
    expect("closed", shop.manifest()["closed"], False)
    add_visit(shop, 6, DAY)
    return shop


def kills():
    """A kill before any write: what stands is never contradictory, the next run ends it all."""
    begin = provisional()
    whole = begin.copy()
    expect("morning", whole.run(MORNING)[0], 0)
    wanted = whole.files()
    expect("closed", whole.manifest()["closed"], True)
    killed, n = 0, 1
    while True:
        shop = begin.copy()
        code, _ = shop.run(MORNING, "-e", f"inject={WRITING}:signal=SIGKILL:when={n}")
        if code == 0:
            break
        killed += 1
        shop.manifest()
        expect(f"again after {n}", shop.run(MORNING)[0], 0)
        expect(f"files after {n}", shop.files(), wanted)
        left = [name for name in os.listdir(shop.export) if name.startswith(".")]
        expect(f"left over after {n}", left, [])
        shop.remove()
        n += STEP
    if killed < 20 // STEP:
        raise AssertionError(f"only {killed} kills")
    print(f"# {killed} kills, {len(wanted)} files")


def failures():
    """Full, read-only, held open on a share: told, never half a file, and mended afterwards."""
    begin = provisional()
    before = begin.files()
    for call, error in (("rename", "EBUSY"), ("rename", "EACCES"), ("fsync", "EIO"),
                        ("unlink", "EROFS"), ("write", "ENOSPC")):
        shop = begin.copy()
        when = ":when=1+" if call != "write" else ":when=3+"
        code, errors = shop.run(MORNING, "-e", f"inject={call}:error={error}{when}")
        expect(f"{call} {error}", code, 1)
        if "export" not in errors and call != "write":  # standard error is full too, then
            raise AssertionError(f"{call} {error}: told is {errors!r}")
        if shop.manifest() is not None and error not in ("EIO",):
            for name, was in before.items():
                expect(f"{name} after {error}", shop.files()[name], was)
        expect(f"again after {error}", shop.run(MORNING)[0], 0)
        expect(f"closed after {error}", shop.manifest()["closed"], True)
        shop.remove()


def missing_folder():
    shop = Shop()
    open(shop.export, "w", encoding="utf-8").close()  # a file where the folder is to be
    code, errors = shop.run(MORNING)
    expect("a file in its place", code, 1)
    if "export" not in errors:
        raise AssertionError(errors)
    os.unlink(shop.export)
    expect("made", shop.run(MORNING)[0], 0)
    shop.remove()


# zone, day_starts, at, day and its name, then instants (UTC) and what the day is by then
ZONES = (
    ("Europe/Moscow", "04:00", "23:30", 20517, "2026-03-05",
     (("2026-03-05 20:29:58", None), ("2026-03-05 20:30:01", False),
      ("2026-03-06 00:59:58", False), ("2026-03-06 01:00:01", True))),
    # 8 March: 02:00 becomes 03:00; the day ends at 04:00 EDT
    ("America/New_York", "04:00", "23:30", 20519, "2026-03-07",
     (("2026-03-08 04:29:58", None), ("2026-03-08 04:30:01", False),
      ("2026-03-08 07:59:58", False), ("2026-03-08 08:00:01", True))),
    # 1 November: 02:00 becomes 01:00; the day ends when it is 01:30 for the first time
    ("America/New_York", "01:30", "01:00", 20757, "2026-10-31",
     (("2026-11-01 04:59:58", None), ("2026-11-01 05:00:01", False),
      ("2026-11-01 05:29:58", False), ("2026-11-01 05:30:01", True))),
    ("Asia/Kathmandu", "00:00", "23:00", 20517, "2026-03-05",
     (("2026-03-05 17:14:58", None), ("2026-03-05 17:15:01", False),
      ("2026-03-05 18:14:58", False), ("2026-03-05 18:15:01", True))),
)


def zones():
    for zone, starts, at, day, text, instants in ZONES:
        shop = Shop(zone, starts, at, "csv", (day,))
        for when, closed in instants:
            expect(f"{zone} {when}", shop.run(when)[0], 0)
            manifest = shop.manifest("survey-017-3-" + text)
            expect(f"{zone} {when}", manifest and manifest["closed"], closed)
        shop.remove()


def doubtful():
    """A clock before the newest row seals nothing."""
    shop = Shop(days=(DAY, DAY + 1))
    code, errors = shop.run("2026-03-05 10:00:00")
    expect("doubtful", code, 1)
    if "clock" not in errors:
        raise AssertionError(errors)
    expect("files", shop.files(), {})
    # by hand the day is made, and not sealed
    expect("by hand", shop.run("2026-03-06 05:00:00", args=("--day", "2026-03-05"))[0], 0)
    expect("closed", shop.manifest()["closed"], False)
    shop.remove()


def catches_up():
    """A week of downtime; and the clock stepped back over midnight after a day was sealed."""
    shop = Shop(days=range(DAY, DAY + 7), formats="csv")
    expect("after a week", shop.run("2026-03-12 09:00:00")[0], 0)
    seal = None
    for day in range(5, 12):
        manifest = shop.manifest(f"survey-017-3-2026-03-{day:02}")
        expect("closed", manifest["closed"], True)
        expect("previous", manifest["previous"], seal)
        seal = manifest["seal"]
    add_visit(shop, 36, DAY + 6)
    expect("later", shop.run("2026-03-12 10:00:00")[0], 0)
    late = export_check.csv_rows(shop.export, "survey-017-3-2026-03-11.2.csv")
    expect("late rows", [row["seq"] for row in late], ["36"])
    expect("seal", shop.manifest("survey-017-3-2026-03-11")["seal"], seal)
    shop.remove()


def main():
    tests = (kills, failures, missing_folder, zones, doubtful, catches_up)
    print(f"1..{len(tests)}")
    failed = False
    for n, test in enumerate(tests, 1):
        try:
            test()
            print(f"ok {n} {test.__name__}", flush=True)
        except (AssertionError, SystemExit, OSError, KeyError) as why:
            failed = True
            print(f"# {why}\nnot ok {n} {test.__name__}", flush=True)
    sys.exit(failed)


if __name__ == "__main__":
    main()
