#!/usr/bin/env python3
"""Figures computed a second time, independently: exact fractions, 50 digits, other algorithms.

    figures.py figures FILE    recomputes lines "KIND INPUTS|what figure_format() printed"

Prints "N figures, M differ", then the first that differ; exit 1 if any does.
"""
import math
import sys
from decimal import Decimal, getcontext
from fractions import Fraction
from functools import lru_cache

getcontext().prec = 50
Z = Decimal("1.959964")
MIN_N, SOUND_N = 5, 30


def rounded(x, decimals):
    """Half away from zero, of a Fraction or Decimal, as text."""
    x = Fraction(x)
    units = (abs(x) * 10**decimals * 2 + 1) // 2
    sign = "-" if x < 0 and units else ""
    whole, part = divmod(units, 10**decimals)
    return f"{sign}{whole}" + (f".{part:0{decimals}d}" if decimals else "")


def text(value, interval, n, earlier=None, decimals=1, min_n=MIN_N):
    """As figure_format() prints; `interval` is (low, high) or the words for none."""
    least = n if earlier is None else min(n, earlier)
    behind = f"n={n}" if earlier is None else f"n={n}+{earlier}"
    if least == 0:
        return "no answers"
    if least < min_n:
        return f"hidden, {behind}"
    value, interval = value(), interval()
    if isinstance(interval, str):
        inside = interval
    else:
        inside = "; ".join(rounded(x, decimals) for x in interval)
    few = " (few)" if least < SOUND_N else ""
    return f"{rounded(value, decimals)} [{inside}], {behind}{few}"


def dec(fraction):
    fraction = Fraction(fraction)
    return Decimal(fraction.numerator) / Decimal(fraction.denominator)


def cut(interval, least, most):
    return tuple(min(max(x, Decimal(least)), Decimal(most)) for x in interval)


def adjusted(n, good, bad):
    m = n + 3
    p, d = Fraction(4 * good + 3, 4 * m), Fraction(4 * bad + 3, 4 * m)
    return p - d, (p + d - (p - d) ** 2) / m


def nps_value(n, good, bad):
    return Fraction(100 * (good - bad), n)


def nps(n, good, bad):
    def interval():
        t, variance = adjusted(n, good, bad)
        half = Z * dec(variance).sqrt()
        return cut((100 * (dec(t) - half), 100 * (dec(t) + half)), -100, 100)
    return text(lambda: nps_value(n, good, bad), interval, n)


def nps_change(n1, good1, bad1, n2, good2, bad2):
    def interval():
        (t1, v1), (t2, v2) = adjusted(n1, good1, bad1), adjusted(n2, good2, bad2)
        half = Z * dec(v1 + v2).sqrt()
        return cut((100 * (dec(t1 - t2) - half), 100 * (dec(t1 - t2) + half)), -200, 200)
    return text(lambda: nps_value(n1, good1, bad1) - nps_value(n2, good2, bad2), interval,
                n1, n2)


def wilson(good, n):
    """The two roots q of n (p - q)^2 = z^2 q (1 - q)."""
    a, b, c = n + Z * Z, -(2 * Decimal(good) + Z * Z), Decimal(good) ** 2 / n
    root = max(b * b - 4 * a * c, Decimal(0)).sqrt()
    return (-b - root) / (2 * a), (-b + root) / (2 * a)


def share(n, good):
    return text(lambda: Fraction(100 * good, n),
                lambda: cut([100 * x for x in wilson(good, n)], 0, 100), n)


def share_change(n1, good1, n2, good2):
    def interval():
        (l1, u1), (l2, u2) = wilson(good1, n1), wilson(good2, n2)
        p1, p2 = Decimal(good1) / n1, Decimal(good2) / n2
        down = ((p1 - l1) ** 2 + (u2 - p2) ** 2).sqrt()
        up = ((u1 - p1) ** 2 + (p2 - l2) ** 2).sqrt()
        return cut((100 * (p1 - p2 - down), 100 * (p1 - p2 + up)), -100, 100)
    return text(lambda: Fraction(100 * good1, n1) - Fraction(100 * good2, n2), interval,
                n1, n2)


def beta_fraction(a, b, x):
    """The continued fraction of the incomplete beta function (Numerical Recipes, 6.4)."""
    tiny = 1e-300
    c, d = 1.0, 1 - (a + b) * x / (a + 1)
    d = 1 / (d if abs(d) > tiny else tiny)
    h = d
    for m in range(1, 10000):
        for step in (m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
                     -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))):
            d = 1 + step * d
            d = 1 / (d if abs(d) > tiny else tiny)
            c = 1 + step / c
            c = c if abs(c) > tiny else tiny
            h *= d * c
        if abs(d * c - 1) < 1e-16:
            break
    return h


def beta(a, b, x):
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
                     + a * math.log(x) + b * math.log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * beta_fraction(a, b, x) / a
    return 1 - front * beta_fraction(b, a, 1 - x) / b


@lru_cache(maxsize=None)
def t_quantile(df):
    """P(|T| > t) = I_x(df/2, 1/2), x = df/(df + t^2); lgamma loses digits where df is large,
    so from 5000 on the expansion of Fisher and Cornish to two terms (next: 1e-11)."""
    if df > 5000:
        x = 1.959963984540054
        return (x + (x**3 + x) / (4 * df) + (5 * x**5 + 16 * x**3 + 3 * x) / (96 * df * df))
    low, high = 1.9, 13.0
    for _ in range(80):
        t = (low + high) / 2
        if beta(df / 2, 0.5, df / (df + t * t)) > 0.05:
            low = t
        else:
            high = t
    return low


def spread_text(pairs, unit, least, most, min_n=MIN_N):
    n = sum(times for _, times in pairs)

    def mean():
        return Fraction(sum(value * times for value, times in pairs), n * unit)

    def interval():
        if n < 2:
            return "too few"
        if len({value for value, times in pairs if times}) == 1:
            return "all equal"
        m = mean()
        squares = sum(times * (Fraction(value, unit) - m) ** 2 for value, times in pairs)
        half = Decimal(t_quantile(n - 1)) * dec(squares / (n - 1) / n).sqrt()
        ends = (dec(m) - half, dec(m) + half)
        return ends if least is None else cut(ends, least, most)
    return text(mean, interval, n, decimals=2, min_n=min_n)


def tenths(milliseconds):
    return sorted(min((ms + 50) // 100, 3000) for ms in milliseconds)


def nearest_rank(ordered, percent):
    return ordered[max(1, math.ceil(Fraction(len(ordered) * percent, 100))) - 1]


def percentile(percent, milliseconds, min_n=MIN_N):
    ordered, n = tenths(milliseconds), len(milliseconds)
    p = Decimal(percent) / 100

    def interval():
        half = Z * (n * p * (1 - p)).sqrt()
        low = math.floor(n * p - half)
        high = math.ceil(n * p + half) + 1
        if low < 1 or high > n:
            return "too few"
        return tuple(Fraction(ordered[rank - 1], 10) for rank in (low, high))
    return text(lambda: Fraction(nearest_rank(ordered, percent), 10), interval, n,
                min_n=min_n)


def median_distribution(ordered):
    """Exactly how often each value is the median of a resample."""
    n, k = len(ordered), (len(ordered) + 1) // 2

    def at_most(j):  # at least k of n draws fall on the first j values
        return sum(math.comb(n, i) * j**i * (n - j) ** (n - i) for i in range(k, n + 1)) / n**n
    return [(ordered[j - 1], at_most(j) - at_most(j - 1)) for j in range(1, n + 1)]


def check_median_change(first, second, said):
    """The interval is random: its ends must be quantiles within five standard errors."""
    a, b = tenths(first), tenths(second)
    least = min(len(a), len(b))
    if least < MIN_N:
        return said == text(None, None, len(a), len(b))
    change = nearest_rank(a, 50) - nearest_rank(b, 50)
    head, _, rest = said.partition(" [")
    ends, _, tail = rest.partition("], ")
    low, high = (round(float(x) * 10) for x in ends.split("; "))
    pairs = [(x - y, p * q) for x, p in median_distribution(a) for y, q in median_distribution(b)]

    def is_quantile(x, share_of):
        error = 5 * math.sqrt(share_of * (1 - share_of) / 2000)
        return (sum(p for d, p in pairs if d <= x) >= share_of - error
                and sum(p for d, p in pairs if d < x) <= share_of + error)
    few = " (few)" if least < SOUND_N else ""
    return (head == rounded(Fraction(change, 10), 1) and is_quantile(low, 0.025)
            and is_quantile(high, 0.975) and tail == f"n={len(a)}+{len(b)}{few}")


def expected(kind, inputs):
    if kind in ("mean", "money"):
        pairs = [tuple(map(int, pair.split("*"))) for pair in inputs]
        return spread_text(pairs, 100, None, None) if kind == "money" else \
            spread_text(pairs, 1, 0, 10)
    numbers = [int(x) for x in inputs]
    if kind == "percentile":
        return percentile(numbers[0], numbers[1:])
    return {"nps": nps, "npsdiff": nps_change, "share": share,
            "sharediff": share_change}[kind](*numbers)


def figures(path):
    differ, count = [], 0
    for line in open(path, encoding="utf-8"):
        given, _, said = line.rstrip("\n").partition("|")
        kind, *inputs = given.split()
        count += 1
        if kind == "mediandiff":
            at = inputs.index("/")
            if not check_median_change(list(map(int, inputs[:at])),
                                       list(map(int, inputs[at + 1:])), said):
                differ.append(line)
        elif expected(kind, inputs) != said:
            differ.append(f"{line.rstrip()} is not {expected(kind, inputs)}\n")
    print(f"{count} figures, {len(differ)} differ")
    sys.stdout.writelines(differ[:10])
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit({"figures": figures}[sys.argv[1]](*sys.argv[2:]))
