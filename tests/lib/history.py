#!/usr/bin/env python3
"""Fills a till's database with a random past: every outcome, respondent, card, flag and fault
that figures must tell apart.

    history.py DATABASE TODAY DAYS VISITS SEED

TODAY is a day from 1970-01-01; the past ends with it.  Rows go in as the store writes them, so
that the triggers make the roll-up.
"""
import random
import sqlite3
import sys
import uuid

OFFSET = 10800
REASONS = ["cooldown", "sample", "paused", "budget", "staff", "no_questions", "training"]


def identity(r):
    return uuid.UUID(int=r.getrandbits(128)).bytes


def wordings(db):
    """Question name -> list of wording numbers, the oldest first."""
    found = {}
    for name, n in db.execute("SELECT name, wording.n FROM wording JOIN question"
                              " ON question.n = wording.question ORDER BY wording.n"):
        found.setdefault(name, []).append(n)
    return found


def a_visit(r, day, cards, past):
    """The columns of a visit, before its answers."""
    local = day * 86400 + r.choice([9, 10, 12, 12, 13, 18, 18, 18, 20]) * 3600 \
        + r.randrange(3600)
    trigger = r.choices(["sale", "card", "key"], [80, 12, 8])[0]
    respondent = r.choices(["customer", "staff", "mystery"], [90, 6, 4])[0]
    outcome = r.choices(["completed", "partial", "declined", "ignored", "not_asked",
                         "interrupted", "complaint"], [40, 8, 10, 14, 22, 4, 2])[0]
    reason = r.choice(REASONS) if outcome == "not_asked" else ""
    sale_kind = None
    if trigger == "sale" or r.random() < 0.3:
        sale_kind = r.choices(["sale", "return", "void", None], [90, 4, 2, 4])[0]
    if sale_kind in ("return", "void"):
        outcome, reason = "not_asked", "return"
    card = kind = None
    if trigger == "card" or r.random() < 0.5:
        # customers come and go: of the cards a window that moves with time is about
        card = cards[int(len(cards) * (0.6 * past + 0.4 * r.random()))]
        kind = r.choice([None, "bonus", "privilege"])
        if r.random() < 0.04:
            card, kind = "9644" + card[4:], "staff"
    total = None
    if sale_kind is not None and r.random() < 0.9:
        total = int(r.lognormvariate(11, 1)) + 100
        if sale_kind == "return" and r.random() < 0.5:
            total = -total
    offered = int(outcome in ("completed", "partial", "declined", "ignored")
                  or outcome == "interrupted" and r.random() < 0.6)
    return dict(day=day, trigger=trigger, respondent=respondent, outcome=outcome,
                reason="long wait" if outcome == "complaint" else reason,
                sale_kind=sale_kind, card=card, kind=kind, total=total, offered=offered,
                started=(local - OFFSET) * 1000 + r.randrange(1000),
                milliseconds=int(r.lognormvariate(9.3, 0.5)),
                language=r.choice(["en", "en", "ru"]),
                cashier=r.choice([None, "11", "11", "11", "12", "12", "13"]))


def answers_of(r, visit, words, middle):
    """(wording, milliseconds, place, value, words) of one visit."""
    happy = r.random() < (0.75 if visit["cashier"] != "12" else 0.55)
    asked = [("overall", r.choice([4, 5, 5]) if happy else r.choice([1, 2, 3])),
             ("nps", r.choice([8, 9, 10, 10]) if happy else r.choice([1, 4, 6, 7, 9])),
             r.choice([("goods", int(happy or r.random() < 0.5)),
                       ("prices", r.choice([1, 1, 3]) if happy else r.choice([1, 2, 2]))])]
    same = r.random() < 0.05
    fast = r.random() < 0.05
    rows, low = [], False
    for name, value in asked:
        # a question that was reworded in the middle of the past
        numbers = words[name]
        wording = numbers[0 if len(numbers) == 1 or visit["day"] < middle else 1]
        if same:
            value = {"goods": 1, "prices": 1}.get(name, 2 if asked[2][0] == "goods" else 1)
        if r.random() < 0.06:
            value = None
        milliseconds = r.randrange(100, 599) if fast else \
            None if r.random() < 0.05 else r.randrange(300, 9000)
        rows.append((wording, milliseconds, len(rows) + 1, value, None))
        now_low = value is not None and (value <= 2 if name == "overall" else value <= 6
                                         if name == "nps" else value == 0
                                         if name == "goods" else value == 2)
        if now_low and not low:
            low = True
            reason = None if r.random() < 0.2 else r.choice([1, 1, 1, 2, 3])
            rows.append((words["improve"][0], 2000, len(rows) + 1, reason, None))
    if visit["outcome"] != "completed":
        rows = rows[:1]
    return rows


def add_visit(db, r, visit, words, middle):
    n = db.execute(
        "INSERT INTO visit (id, till, day, \"trigger\", language, started, started_offset,"
        " ended, ended_offset, milliseconds, doubtful, card, card_mask, card_kind, cashier,"
        " sale_kind, total, outcome, reason, respondent, offered)"
        " VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (identity(r), visit["day"], visit["trigger"], visit["language"], visit["started"],
         OFFSET, visit["started"] + visit["milliseconds"], OFFSET, visit["milliseconds"],
         visit["card"], visit["card"] and "*" + visit["card"][-4:], visit["kind"],
         visit["cashier"], visit["sale_kind"], visit["total"], visit["outcome"],
         visit["reason"], visit["respondent"], visit["offered"])).lastrowid
    if visit["offered"] and visit["outcome"] in ("completed", "partial", "interrupted"):
        for row in answers_of(r, visit, words, middle):
            turn = row[0] in words["goods"] + words["prices"]
            db.execute("INSERT INTO answer VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                       (n, row[0], visit["started"], OFFSET, *row[1:3],
                        r.choice([0.5, 1.0, 1.0]) if turn else 1.0, *row[3:]))
    if visit["card"] is not None:
        result = r.choices(["accepted", "replaced", "repeated", "foreign"], [85, 5, 5, 5])[0]
        db.execute("INSERT INTO card_event (id, visit, day, at, at_offset, reader, result,"
                   " card, card_mask, card_kind) VALUES (?, ?, ?, ?, ?, 'msr', ?, ?, ?, ?)",
                   (identity(r), n, visit["day"], visit["started"], OFFSET, result,
                    None if result == "foreign" else visit["card"],
                    "*" + visit["card"][-4:], visit["kind"]))
    return n


def add_rest(db, r, first, today):
    for i in range(200):
        db.execute("INSERT INTO queue_time (id, day, at, at_offset, held_out, milliseconds)"
                   " VALUES (?, ?, 0, 0, ?, ?)",
                   (identity(r), r.randrange(first, today + 1), i % 3 == 0,
                    r.randrange(2000, 20000) + (3000 if i % 3 else 0)))
    for what, value in (("marketing", 5000000), ("passed", 2000), ("entered", 900)):
        db.execute("INSERT INTO entry VALUES (?, ?, ?)", (today - 3, what, value))
    for day, point in ((today - 10, "whole"), (today - 45, ""), (today - 12, "nowhere")):
        db.execute("INSERT INTO action (id, day, point, text, responsible)"
                   " VALUES (?, ?, ?, 'more room at the entrance', 'Anna')",
                   (identity(r), day, point))


def fill(path, today, days, visits, seed):
    r = random.Random(seed)
    db = sqlite3.connect(path, isolation_level=None)
    words = wordings(db)
    cards = ["9643%06d" % i for i in range(max(20, visits // 12))]
    first = today - days + 1
    days_of = (r.randrange(first, today + 1) for _ in range(visits))
    past = sorted((a_visit(r, day, cards, (day - first) / days) for day in days_of),
                  key=lambda visit: visit["started"])
    # one card that comes too often
    for visit in past[-40:-30]:
        visit.update(card=cards[0], kind=None, day=today)
    db.execute("BEGIN IMMEDIATE")
    seq = db.execute("SELECT coalesce(max(seq), 0) FROM visit").fetchone()[0]
    opened = []
    for visit in past:
        opened.append(add_visit(db, r, visit, words, today - days // 4))
        if len(opened) < 3:  # closed a little out of order
            continue
        seq += 1
        db.execute("UPDATE visit SET seq = ? WHERE n = ?",
                   (seq, opened.pop(r.randrange(3))))
    add_rest(db, r, first, today)  # the last two visits are still open
    db.execute("COMMIT")
    db.close()


if __name__ == "__main__":
    fill(sys.argv[1], *map(int, sys.argv[2:]))
