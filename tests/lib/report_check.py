#!/usr/bin/env python3
"""Checks a text report against the database it was made from, line by line.

    report_check.py DATABASE FROM TO BEFORE MONTH REPORT

FROM, TO and BEFORE, from which the days are with which it compares, count from 1970-01-01; MONTH
is 1 when it has the sheet of causes.  Reads the rows themselves, not the roll-up, and computes every figure by figures.py.  The report
is in English, of the shop of tests/system/report.c.  Prints what differs; exit 1 if anything does.
"""
import re
import sqlite3
import sys
from collections import Counter, defaultdict
from fractions import Fraction

import figures as f

ACTIVE = SLEEPING = 90
WORDS = {"few": "few answers", "hidden": "too few to show", "too few": "no interval: too few",
         "all equal": "no interval: all equal", "a sum": "a sum, no interval"}
CHOICES = {"prices": ["yes", "no", "not sure"],
           "improve": ["long wait", "price differed from the tag", "something else"]}
TITLES = {"nps": "NPS", "overall": "Satisfied, %", "goods": "Answered yes, %",
          "prices": "Good answers, %", "improve": "Answers, %"}
SCALES = {"nps": range(1, 11), "overall": range(1, 6)}
POINTS = {"nps": "whole", "overall": "whole", "goods": "goods", "prices": "prices"}
OUTCOMES = {"completed": "completed", "partial": "partial", "declined": "declined",
            "ignored": "ignored", "not_asked": "not asked", "interrupted": "interrupted",
            "complaint": "complaints (in no figure)"}
REASONS = {"cooldown": "cool-down", "sample": "not in the sample", "paused": "paused",
           "budget": "the queue's budget", "staff": "staff card", "return": "return",
           "no_questions": "no questions"}
KINDS = {None: "card of no kind", "bonus": "bonus", "privilege": "privilege", "staff": "staff"}
WEEKDAYS = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
CLASSES = {"good": "promoters", "": "passives", "bad": "critics"}


def class_of(name, value):
    if name == "nps":
        return "good" if value >= 9 else "bad" if value <= 6 else ""
    if name == "overall":
        return "good" if value >= 4 else "bad" if value <= 2 else ""
    if name == "goods":
        return "good" if value else "bad"
    return "bad" if value == 2 else "good"


def english(text):
    """figures.py's short words as the report's."""
    for short, long in WORDS.items():
        text = text.replace(f"({short})", f"({long})").replace(f"[{short}]", f"[{long}]")
        text = re.sub(f"^{short}, n=", f"{long}, n=", text)
    return text


def score(name, values):
    n = len(values)
    good = sum(class_of(name, v) == "good" for v in values)
    bad = sum(class_of(name, v) == "bad" for v in values)
    return f.nps(n, good, bad) if name == "nps" else f.share(n, good)


def change(name, later, earlier):
    def count(values, what):
        return sum(class_of(name, v) == what for v in values)
    if name == "nps":
        return f.nps_change(len(later), count(later, "good"), count(later, "bad"),
                            len(earlier), count(earlier, "good"), count(earlier, "bad"))
    return f.share_change(len(later), count(later, "good"), len(earlier),
                          count(earlier, "good"))


def mean(values, unit=1, least=None, most=None):
    return f.spread_text(list(Counter(values).items()), unit, least, most)


def money_sum(value, n, decimals=2):
    return f.text(lambda: value, lambda: "a sum", n, decimals=decimals)


def is_certain(text):
    found = re.search(r"\[(-?[\d.]+); (-?[\d.]+)\]", text)
    return found and (float(found[1]) > 0 or float(found[2]) < 0)


class Visit:
    def __init__(self, row):
        (self.n, self.day, self.started, self.offset, self.ms, self.trigger, self.language,
         self.cashier, self.card, self.kind, self.sale_kind, self.total, self.outcome,
         self.reason, self.respondent, self.offered) = row
        self.answers = []
        self.training = self.outcome == "not_asked" and self.reason == "training"
        self.answered = self.outcome in ("completed", "partial")
        self.sale = ((self.trigger == "sale" or self.sale_kind == "sale")
                     and self.sale_kind not in ("return", "void") and self.reason != "return")
        self.hour = (self.started // 1000 + self.offset) // 3600 % 24

    def value(self, name):
        return next((a[3] for a in self.answers if a[0] == name and a[3] is not None), None)

    def money(self):
        return 0 if self.sale_kind == "void" else \
            -abs(self.total) if self.sale_kind == "return" else self.total


class Past:
    """All visits that count, with their answers in the order of their places."""

    def __init__(self, path):
        self.db = sqlite3.connect(path)
        rows = self.db.execute(
            "SELECT n, day, started, started_offset, milliseconds, \"trigger\", language,"
            " cashier, card, card_kind, sale_kind, total, outcome, reason, respondent, offered"
            " FROM visit WHERE seq IS NOT NULL ORDER BY n")
        self.visits = [Visit(row) for row in rows]
        of = {v.n: v for v in self.visits}
        for n, *answer in self.db.execute(
                "SELECT visit, name, answer.wording, place, value, milliseconds, probability"
                " FROM answer"
                " JOIN wording ON wording.n = answer.wording"
                " JOIN question ON question.n = wording.question ORDER BY visit, place"):
            if n in of:
                of[n].answers.append(answer)
        self.visits = [v for v in self.visits if not v.training]
        self.trained = {row[0] for row in self.db.execute(
            "SELECT n FROM visit WHERE outcome = 'not_asked' AND reason = 'training'")}

    def of(self, first, last, respondent="customer"):
        return [v for v in self.visits
                if first <= v.day <= last and v.respondent == respondent]


def values(visits, wording, wanted=lambda visit: True):
    return [a[3] for v in visits if wanted(v) for a in v.answers
            if a[1] == wording and a[3] is not None]


def first_low(visit):
    for at, (name, _, _, value, *_) in enumerate(visit.answers):
        if name != "improve" and value is not None and class_of(name, value) == "bad":
            return at, name
    return None, None


def flags(visit, till, today_visits):
    given = [a for a in visit.answers if a[3] is not None]
    timed = [a[4] for a in given if a[4] is not None]
    keys = [a[3] + 1 if a[0] in SCALES else 2 if a[3] else 3 for a in given
            if a[0] in SCALES or a[0] == "goods"]
    found = []
    if len(timed) >= 2 and max(timed) < 600:
        found.append("faster than reading")
    if len(keys) >= 3 and len(set(keys)) == 1:
        found.append("the same key throughout")
    if today_visits >= 4:
        found.append("a card's fourth visit of a day")
    if visit.kind == "staff":
        found.append("a staff card")
    if till and not visit.sale:
        found.append("no sale open")
    return found


class Expected:
    def __init__(self, past, first, last, before_first, is_month):
        self.past, self.first, self.last, self.is_month = past, first, last, is_month
        self.entered = dict(past.db.execute("SELECT what, sum(value) FROM entry"
                                            " WHERE day BETWEEN ? AND ? GROUP BY what",
                                            (first, last)))
        self.now, self.before = past.of(first, last), past.of(before_first, first - 1)
        self.voices = {"Customers": self.now, "Staff": past.of(first, last, "staff"),
                       "Mystery shopper": past.of(first, last, "mystery")}
        self.counted = [v for v in self.now if v.outcome != "complaint"]
        self.till = any(v.trigger == "sale" for r in self.voices.values() for v in r)
        self.lines = {}
        self.wordings = past.db.execute(
            "SELECT name, wording.n, asked FROM wording JOIN question"
            " ON question.n = wording.question ORDER BY wording.n").fetchall()
        counts = {n: len(values(self.now, n)) for name, n, _ in self.wordings if name == "nps"}
        self.main = max(counts, key=lambda n: (counts[n], -n))
        self.flag_visits()

    def put(self, part, label, text, sub=""):
        self.lines[part, sub, label] = english(str(text))

    def flag_visits(self):
        seen, self.flagged = Counter(), {}
        for v in self.counted:
            today = 0
            if v.card is not None and v.kind != "staff":
                seen[v.card, v.day] += 1
                today = seen[v.card, v.day]
            if any(a[3] is not None for a in v.answers):
                self.flagged[v.n] = flags(v, self.till, today)

    def named(self, what, name, wording):
        """The second wording of a question in the period says from when."""
        days = {n: [v.day for v in self.now if values([v], n)]
                for other, n, _ in self.wordings if other == name}
        days = {n: min(of) for n, of in days.items() if of}
        if len(days) < 2 or days.get(wording, 0) <= self.first:
            return what
        return f"{what} from {self.date(days[wording])}"

    def date(self, day):
        return self.past.db.execute("SELECT date(? * 86400, 'unixepoch')",
                                    (day,)).fetchone()[0]

    def score_lines(self, name, wording):
        now, before = values(self.now, wording), values(self.before, wording)
        title = self.named(f"{TITLES[name]}: {name}", name, wording)
        part = title + (f", {POINTS[name]}" if name in POINTS else "")
        skipped = sum(a[1] == wording and a[3] is None for v in self.now for a in v.answers)
        self.put(part, "Skipped, %", f.share(len(now) + skipped, skipped))
        if len(now) >= f.MIN_N:
            self.distribution(part, name, now)
        if name == "improve":
            return
        self.put("", title, score(name, now))
        if before:
            self.put("", "Change" + title, change(name, now, before))
            self.put(part, "Before", score(name, before))
        if name in SCALES:
            self.put(part, "Mean", mean(now, 1, min(SCALES[name]), max(SCALES[name])))
        self.weighted(part, name, wording)
        self.tables(part, name, wording)

    def weighted(self, part, name, wording):
        given = [(a[3], Fraction(1) / Fraction(a[5])) for v in self.now for a in v.answers
                 if a[1] == wording and a[3] is not None]
        weights = [w for _, w in given]
        if len(set(weights)) < 2:
            return
        total = sum(weights)
        worth = total * total / sum(w * w for w in weights)
        good = sum(w for v, w in given if class_of(name, v) == "good") / total
        self.put(part, "Weighted by 1/chance", f.text(
            lambda: 100 * good,
            lambda: f.cut([100 * x for x in f.wilson(f.dec(worth * good), f.dec(worth))],
                          0, 100), len(given)))

    def distribution(self, part, name, now):
        labels = dict(zip(SCALES[name], map(str, SCALES[name]))) if name in SCALES else \
            {1: "yes", 0: "no"} if name == "goods" else dict(enumerate(CHOICES[name], 1))
        for value, label in labels.items():
            self.put(part, label, f.share(len(now), now.count(value)), "Distribution, %")

    def table(self, part, sub, name, rows):
        """Only with two lines that are seen."""
        rows = {label: list(of) for label, of in rows.items() if of}
        if sum(len(of) >= f.MIN_N for of in rows.values()) < 2:
            return
        for label, of in rows.items():
            self.put(part, label, score(name, of), sub)

    def tables(self, part, name, wording):
        def by(key):
            rows = defaultdict(list)
            for v in self.now:
                if key(v) is not None:
                    rows[key(v)] += values([v], wording)
            return rows
        self.table(part, "By hour", name, by(lambda v: f"{v.hour:02}"))
        self.table(part, "By weekday", name, by(lambda v: WEEKDAYS[v.day % 7]))
        self.table(part, "By cashier", name, by(lambda v: v.cashier))
        self.table(part, "By language", name, by(lambda v: v.language))
        self.table(part, "By kind of card", name, by(lambda v: KINDS[v.kind] if v.card else None))
        self.table(part, "With and without what is flagged", name,
                   {"All answers": values(self.now, wording),
                    "Without flagged ones": values(self.now, wording,
                                                   lambda v: not self.flagged.get(v.n))})
        if wording == self.main:
            self.table(part, "By spending", name, self.segments(wording))
        self.respondents(part, name, wording)
        for day in range(self.first, self.last + 1):
            of = values(self.now, wording, lambda v: v.day == day)
            if of and 2 <= self.last - self.first + 1 <= 31:
                self.put(part, self.date(day), score(name, of), "By day")

    def respondents(self, part, name, wording):
        of = {who: values(visits, wording) for who, visits in self.voices.items()}
        if sum(len(x) >= f.MIN_N for x in of.values()) < 2 or not (
                of["Staff"] or of["Mystery shopper"]):
            return
        for who, given in of.items():
            self.put(part, who, score(name, given), "Who answered")
        if of["Staff"]:
            self.put(part, "Staff less customers",
                     change(name, of["Staff"], of["Customers"]), "Who answered")

    def payers(self):
        net, payments = Counter(), Counter()
        for v in self.counted:
            if v.card is not None and v.kind != "staff" and v.total is not None:
                net[v.card] += v.money()
                payments[v.card] += v.sale
        return sorted((-net[c], c) for c in payments if payments[c]), payments

    def segments(self, wording):
        payers, _ = self.payers()
        top = {card for _, card in payers[:(len(payers) + 4) // 5]}
        others = {card for _, card in payers} - top
        customer = [v for v in self.counted if v.kind != "staff"]
        return {"Top fifth": values(customer, wording, lambda v: v.card in top),
                "The others": values(customer, wording, lambda v: v.card in others)}

    def rates(self):
        def response(visits):
            asked = [v for v in visits if v.trigger == "sale" and v.outcome != "not_asked"
                     and (v.outcome != "interrupted" or v.offered)]
            return f.share(len(asked), sum(v.answered for v in asked)), asked

        def sales(visits):
            return [v for v in visits if v.sale]

        def share(visits, wanted):
            return f.share(len(visits), sum(map(bool, map(wanted, visits))))
        visits = self.counted
        now, before = (response([v for v in of if v.outcome != "complaint"])[1]
                       for of in (visits, self.before))
        self.put("Response", "Response rate, %", response(visits)[0])
        if before:
            self.put("Response", "ChangeResponse rate, %", f.share_change(
                len(now), sum(v.answered for v in now), len(before),
                sum(v.answered for v in before)))
        self.put("Response", "Offer rate, %", share(sales(visits), lambda v: v.offered))
        for hour in range(24):
            text, asked = response([v for v in visits if v.hour == hour])
            if asked:
                self.put("Response rate by hour, %", f"{hour:02}", text)
        for who in {v.cashier for v in visits if v.cashier}:
            own = [v for v in visits if v.cashier == who]
            part = "Cashiers: response"
            self.put(part, f"{who}: Offer rate, %", share(sales(own), lambda v: v.offered))
            self.put(part, f"{who}: Response rate, %", response(own)[0])
            self.put(part, f"{who}: Paused, %", share(sales(own), lambda v: v.reason == "paused"))

    def outcomes(self):
        part = "How visits ended"
        for outcome, n in Counter(v.outcome for v in self.now).items():
            self.put(part, OUTCOMES[outcome], n)
        for reason, n in Counter(v.reason for v in self.now
                                 if v.outcome == "not_asked").items():
            self.put(part, f"not asked: {REASONS[reason]}", n)
        times = [v.ms for v in self.counted if v.answered]
        for percent in (50, 95):
            self.put("Time to answer, seconds", f"p{percent}", f.percentile(percent, times))

    def causes(self):
        named, by_point = Counter(), defaultdict(Counter)
        before = Counter()
        for v in self.now + self.before:
            at, low = first_low(v)
            for name, _, _, value, *_ in v.answers:
                if name == "improve" and value is not None:
                    text = CHOICES["improve"][value - 1]
                    (named if v.day >= self.first else before)[text] += 1
                    if v.day >= self.first and at is not None:
                        by_point[POINTS[low]][text] += 1
        for text in named | before if named else ():
            n = named[text]
            self.put("Reasons after low answers, %", text, f.share(named.total(), n))
            if not self.is_month:
                continue
            self.put("Sheet of causes", text, f.share(named.total(), n))
            self.put("Sheet of causes", "Change" + text, f.share_change(
                named.total(), n, before.total(), before[text]))
        for point, texts in by_point.items():
            for text, n in texts.items():
                self.put("Reasons by point of contact", f"{point}: {text}",
                         f.share(texts.total(), n))

    def critics(self):
        counts = defaultdict(lambda: [0, 0, 0, 0])
        for v in self.counted:
            main = values([v], self.main)
            if not main:
                continue
            critic = main[0] <= 6
            for name, wording, _, value, *_ in v.answers:
                if wording == self.main or name == "improve" or value is None:
                    continue
                low = class_of(name, value) == "bad"
                at = counts[name, wording]
                at[0 if low else 2] += 1
                at[1 if low else 3] += critic
        for (name, wording), (low, low_critics, others, other_critics) in counts.items():
            if low and others:
                self.put("Low answers and critics, difference in points",
                         self.named(POINTS[name], name, wording),
                         f.share_change(low, low_critics, others, other_critics))

    def customers(self):
        first, last = self.first, self.last
        seen = defaultdict(set)
        for card, day, visit in self.past.db.execute(
                "SELECT card, day, visit FROM card_event WHERE card IS NOT NULL"
                " AND visit IS NOT NULL"
                " AND result IN ('accepted', 'replaced') AND card_kind IS NOT 'staff'"):
            if visit not in self.past.trained and self.is_closed(visit):
                seen[card].add(day)
        start = {c for c, d in seen.items() if any(first - ACTIVE <= x < first for x in d)}
        end = {c for c, d in seen.items() if any(last - ACTIVE < x <= last for x in d)}
        new = {c for c, d in seen.items() if first <= min(d) <= last and c in end}
        returned = {c for c in end - start if min(seen[c]) < first}
        lost = start - end
        asleep = {c for c, d in seen.items()
                  if min(d) <= last and not any(last - SLEEPING < x <= last for x in d)}
        part = "Customers with a card"
        self.put(part, "Retention, %", f.share(len(start), len(end - new - returned)))
        self.put(part, "Churn, %", f.share(len(start), len(lost)))
        for label, who in (("active at the start", start), ("active at the end", end),
                           ("new", new), ("returned", returned), ("lost", lost),
                           ("sleeping", asleep)):
            self.put(part, label, len(who))
        self.money(len(lost), len(new))

    def is_closed(self, visit):
        return self.past.db.execute("SELECT seq FROM visit WHERE n = ?",
                                    (visit,)).fetchone()[0] is not None

    def money(self, lost, new):
        part = "Money, RUB"
        bills = [v.total for v in self.counted if v.sale and v.total is not None]
        net = sum(v.money() for v in self.counted if v.total is not None)
        payers, payments = self.payers()
        paid = [payments[card] for _, card in payers]
        self.put(part, "Average bill", mean(bills, 100, 0, 10**12))
        self.put(part, "Average bill net of returns",
                 money_sum(Fraction(net, 100 * len(bills)), len(bills)))
        self.put(part, "Payments a customer", mean(paid, 1, 0, 10**12))
        self.put(part, "Cost of churn in the period", money_sum(
            lost * Fraction(net, 100 * len(bills)) * Fraction(sum(paid), len(paid)), lost)
            if lost else "no answers")
        self.put(part, "Cost of churn a year", money_sum(lost * 24000, lost))
        if new and "marketing" in self.entered:
            self.put(part, "Cost of a new customer: marketing",
                     money_sum(Fraction(self.entered["marketing"], 100 * new), new))
        self.loyalty(payers)
        if self.last - self.first < 27:
            return
        lifetime = Counter()
        for v in self.past.visits:
            if (v.card and v.kind != "staff" and v.total is not None and v.day <= self.last
                    and v.respondent == "customer" and v.outcome != "complaint"):
                lifetime[v.card] += v.money()
        self.put(part, "Lifetime value of a customer", mean(list(lifetime.values()), 100))

    def loyalty(self, payers):
        part = "Promoters and critics"
        bills, visits, last = defaultdict(list), Counter(), {}
        for v in self.counted:
            main = values([v], self.main)
            if v.card is not None and v.kind != "staff":
                visits[v.card] += v.sale_kind not in ("return", "void")
                if main:
                    last[v.card] = CLASSES[class_of("nps", main[0])]
            if main and v.sale and v.total is not None:
                bills[CLASSES[class_of("nps", main[0])]].append(v.total)
        for who, of in bills.items():
            self.put(part, f"Bill: {who}", mean(of, 100, 0, 10**12))
        for who in set(last.values()):
            of = [visits[card] for card in last if last[card] == who and visits[card]]
            self.put(part, f"Visits: {who}", mean(of, 1, 0, 10**12))
        top = sum(-net for net, _ in payers[:(len(payers) + 4) // 5])
        total = sum(-net for net, _ in payers)
        self.put(part, "Share of the top fifth in spending, %",
                 money_sum(Fraction(100 * top, total), len(payers), 1))

    def shop(self):
        part = "Funnel, % of the step before"
        sales = [v for v in self.counted if v.sale]
        asked = [v for v in sales if v.offered]
        steps = [("passed", self.entered.get("passed")), ("entered", self.entered.get("entered")),
                 ("bought", len(sales)), ("asked", len(asked)),
                 ("answered", sum(v.answered for v in asked))]
        before = None
        for label, n in steps:
            if n is not None:
                self.put(part, label, n if before is None or n > before else
                         f.share(before, n))
            before = n
        part = "What the survey costs the queue, seconds"
        times = defaultdict(list)
        for held_out, ms in self.past.db.execute(
                "SELECT held_out, milliseconds FROM queue_time WHERE day BETWEEN ? AND ?",
                (self.first, self.last)):
            times["held out" if held_out else "asked"].append(ms)
        if len(times) < 2:
            times.clear()
        for who, of in times.items():
            for percent in (50, 95):
                self.put(part, f"{who}, p{percent}", f.percentile(percent, of))
        self.queue = times

    def flag_lines(self):
        part, n = "Flagged visits, % of those that answered", len(self.flagged)
        self.put(part, "flagged", f.share(n, sum(map(bool, self.flagged.values()))))
        for flag, count in Counter(x for of in self.flagged.values() for x in of).items():
            self.put(part, flag, f.share(n, count))

    def actions(self):
        for day, point in self.past.db.execute(
                "SELECT day, point FROM action WHERE day BETWEEN ? AND ?",
                (self.first - 28, self.last)):
            if point == "nowhere":
                continue
            before, after = (values(self.past.of(a, b), self.main)
                             for a, b in ((day - 28, day - 1), (day, day + 27)))
            if not before or not after:
                continue
            label = f"{day}"
            self.put("What was done", label + "28 days before", score("nps", before))
            self.put("What was done", label + "28 days after", score("nps", after))
            self.put("What was done", label + "Change", change("nps", after, before))

    def all(self):
        for name, wording, _ in self.wordings:
            if any(a[1] == wording for v in self.now for a in v.answers):
                self.score_lines(name, wording)
        self.put("", "Visits", len(self.counted))
        for make in (self.rates, self.outcomes, self.causes, self.critics, self.customers,
                     self.shop, self.flag_lines, self.actions):
            make()
        return self.lines


FIGURE = (r"(-?[\d.]+ \[[^]]*\], n=\d+(?:\+\d+)?(?: \([^)]*\))?"
          r"|too few to show, n=\d+(?:\+\d+)?|no answers|unknown|\d+)(?:  \S.*)?$")
LINE = re.compile(r"^ *([^ .].*?)(?: \.+ (?:[█░#-]{12} | {13})?| +[█░#-]{12} | {14,})" + FIGURE)


def said(path):
    """(part, sub, label) -> figure, of a text report; a figure and its label are one line."""
    lines = open(path, encoding="utf-8").read().split("\n")
    found, part, sub, day = {}, "", "", ""
    for at, line in enumerate(lines):
        if at + 1 < len(lines) and line and re.match("^(─+|-+)$", lines[at + 1]):
            part, sub = line, ""
            continue
        if re.match(r"^  [^ .].*$", line) and lines[at - 1] == "" and "...." not in line:
            sub = line.strip()
        if part == "What was done" and re.match(r"^  \d{4}-", line):
            day = line.split()[0]
        match = LINE.match(line)
        if part in ("What to do first", "What is not known") or not match:
            continue
        label = match[1]
        if label == "Change" or part == "What was done":
            label = (day if part == "What was done" else "Change") + (
                label if part == "What was done" else last)
        else:
            last = label
        if sub != "By day" or match[2] != "no answers":  # an action stands on such a day
            found[part, sub, label] = match[2]
    return found


def check(path, first, last, before_first, is_month, report):
    past = Past(path)
    expected, got = Expected(past, first, last, before_first, is_month), said(report)
    lines = expected.all()
    dates = {f"{day}": expected.date(day) for day in range(first - 28, last + 1)}
    lines = {(part, sub, label if part != "What was done" else
              dates[label[:5]] + label[5:]): text for (part, sub, label), text in lines.items()}
    queue = got.pop(("What the survey costs the queue, seconds", "", "Difference, p50"), "")
    wrong = [] if not expected.queue or f.check_median_change(expected.queue["asked"], expected.queue["held out"],
                                        queue.replace("few answers", "few")
                                        .replace("too few to show", "hidden")) else \
        [f"queue: {queue}"]
    for key in sorted(set(lines) | set(got)):
        if lines.get(key) != got.get(key):
            wrong.append(f"{' | '.join(key)}: {got.get(key)} should be {lines.get(key)}")
    print(f"{len(lines) + 1} lines, {len(wrong)} differ")
    print("\n".join(wrong[:40]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(check(sys.argv[1], *map(int, sys.argv[2:6]), sys.argv[6]))
