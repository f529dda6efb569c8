#!/usr/bin/env python3
"""Looks at HTML reports in a real browser.

    report_look.py figures PAGE TEXT    every figure of the text report is on the page
    report_look.py screen PAGE...       layout on a phone, a tablet and a desk, light and dark, and a
                                        picture of the last page
    report_look.py paper PAGE TEXT      every figure of the text report is on the printed pages

Prints what is wrong; exit 1 if anything is.  The picture stays in $TILLASK_PICTURES, if that is set.
"""
import html
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib

FIGURE = re.compile(r"-?\d+(?:\.\d+)? \[[^\]]*\], n=\d+(?:\+\d+)?")
WIDTHS = [390, 794, 1280]
PICTURE = (794, 760)  # of one scheme; light and dark stand side by side

wrong = []


def chromium(folder, *arguments):
    """Runs it without a network, a profile of its own; returns its standard output."""
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
               "--no-first-run", "--disable-background-networking", "--disable-component-update",
               "--disable-sync", "--disable-extensions", "--hide-scrollbars",
               "--host-resolver-rules=MAP * ~NOTFOUND", "--force-device-scale-factor=1",
               "--user-data-dir=" + os.path.join(folder, "profile"), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    if done.returncode != 0:
        sys.exit(f"chromium: exit {done.returncode}\n{done.stderr}")
    return done.stdout


def figures_of(path):
    with open(path, encoding="utf-8") as file:
        text = " ".join(file.read().split())
    found = FIGURE.findall(text)
    if len(found) < 50:
        wrong.append(f"{path} has only {len(found)} figures")
    return sorted(set(found))


def expect_figures(where, text, figures):
    """Line ends and blanks aside: cells wrap."""
    squeezed = re.sub(r"\s+", "", text)
    for figure in figures:
        if re.sub(r"\s+", "", figure) not in squeezed:
            wrong.append(f"{where}: no {figure}")


def look_for_figures(page, text):
    with open(page, encoding="utf-8") as file:
        source = file.read()
    body = re.sub(r"<[^>]*>", "", source[source.index("<body>"):])
    expect_figures(page, html.unescape(body), figures_of(text))


# ---- layout ------------------------------------------------------------------------------

# Runs in the page around the reports, which have no script; says what it sees as JSON.
SPY = """
function box(e) { return e.getBoundingClientRect(); }
function luminance(colour) {
	const part = colour.match(/[\\d.]+/g).slice(0, 3).map(Number).map(c => {
		c /= 255;
		return c <= 0.03928 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
	});
	return 0.2126 * part[0] + 0.7152 * part[1] + 0.0722 * part[2];
}
function contrast(a, b) {
	const l = [luminance(a), luminance(b)].sort((x, y) => y - x);
	return (l[0] + 0.05) / (l[1] + 0.05);
}
function short(e) { return e.tagName + "." + (e.getAttribute("class") || "") + " \\"" +
	e.textContent.trim().slice(0, 40) + "\\""; }

function spy(frame) {
	const d = frame.contentDocument, w = frame.contentWindow, width = frame.clientWidth;
	const see = {page: frame.dataset.page, width: width, scheme: frame.style.colorScheme,
		     wrong: [], dots: [], rows: 0};
	const fail = (why, e) => see.wrong.push(why + (e ? ": " + short(e) : ""));
	const paper = w.getComputedStyle(d.body).backgroundColor;

	see.paper = paper;
	if (d.scripts.length > 0)
		fail("it has a script");
	if (w.performance.getEntriesByType("resource").length > 0)
		fail("it loaded something");
	if (d.documentElement.scrollWidth > width)
		fail("wider than its window: " + d.documentElement.scrollWidth);
	for (const e of d.body.querySelectorAll("*")) {
		const style = w.getComputedStyle(e), b = box(e);
		const has_text = [...e.childNodes].some(n => n.nodeType == 3 && n.data.trim());

		if (b.right > width + 1 && !e.closest(".scroll") && !e.closest(".hide"))
			fail("past the edge", e);
		if (!has_text || b.width < 2 || e.closest("title, desc, .hide"))
			continue;
		const ink = e.namespaceURI.includes("svg") ? style.fill : style.color;
		if (contrast(ink, paper) < 4.5)
			fail("contrast " + contrast(ink, paper).toFixed(1), e);
		if (parseFloat(style.fontSize) < 10)
			fail("letters of " + style.fontSize, e);
	}
	for (const row of d.querySelectorAll("td svg.row")) {
		const circle = row.querySelector("circle"), line = row.querySelector(".int");
		const b = box(row), fits = e => box(e).left >= b.left - 6 && box(e).right <= b.right + 6;

		see.rows++;
		if (b.width < 40)
			fail("a plot " + b.width + " wide", row.closest("tr"));
		if (circle && !fits(circle))
			fail("a dot off its axis", row.closest("tr"));
		if (line && (!fits(line) || box(line).left > box(circle).right ||
			     box(line).right < box(circle).left))
			fail("an interval without its value", row.closest("tr"));
	}
	for (const plot of d.querySelectorAll("svg.trend")) {
		const labels = [...plot.querySelectorAll("text.x:not(.flag):not(.n)")].map(box);

		for (let i = 1; i < labels.length; i++)
			if (labels[i].left < labels[i - 1].right + 2)
				fail("labels of days touch", plot);
		for (const e of plot.querySelectorAll("circle, text, .band"))
			if (box(e).left < box(plot).left - 1 || box(e).right > box(plot).right + 4)
				fail("off the plot", e);
	}
	const first = d.querySelector("svg.trend");
	for (const circle of first ? first.querySelectorAll("circle") : []) {
		const b = box(circle);
		see.dots.push([b.left + b.width / 2, b.top + b.height / 2,
			       w.getComputedStyle(circle).fill]);
	}
	if (first) {
		const b = box(first.querySelector("svg"));
		see.plot = [b.left, b.top, b.right, b.bottom];
		see.tint = w.getComputedStyle(first.querySelector(".band")).fill;
	}
	const big = box(d.querySelector(".big")), todo = box(d.querySelector(".first"));
	see.glance = Math.max(big.bottom, todo.bottom);
	return see;
}
addEventListener("load", () => {
	const all = [...document.querySelectorAll("iframe")].map(spy);
	document.getElementById("seen").textContent = JSON.stringify(all);
});
"""


def frame(page, left, top, width, height, scheme):
    return (f'<iframe src="file://{os.path.abspath(page)}" data-page="{page}" style="position:'
            f"absolute;border:0;left:{left}px;top:{top}px;width:{width}px;height:{height}px;"
            f'color-scheme:{scheme}"></iframe>\n')


def write_frames(folder, name, frames):
    """A page of frames, and the script that looks at them."""
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write('<!DOCTYPE html><meta charset="utf-8"><script>' + SPY + "</script><body>\n"
                   + "".join(frames) + '<pre id="seen"></pre>')
    return "file://" + path


def look_at_layout(seen):
    for one in seen:
        where = f"{one['page']} at {one['width']} {one['scheme']}"
        wrong.extend(f"{where}: {what}" for what in one["wrong"])
        if one["rows"] < 30 or len(one["dots"]) < 10:
            wrong.append(f"{where}: {one['rows']} rows and {len(one['dots'])} dots are plotted")
        if one["width"] >= 794 and one["glance"] > 400:
            wrong.append(f"{where}: what to do first ends only at {one['glance']}")


# ---- the picture -------------------------------------------------------------------------

def read_png(path):
    """Width, bytes a pixel and rows of an 8-bit PNG without interlace."""
    with open(path, "rb") as file:
        data = file.read()
    packed, at = b"", 8
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + size]
        if kind == b"IHDR":
            width, height, depth, colour = struct.unpack(">IIBB", body[:10])
        elif kind == b"IDAT":
            packed += body
        at += size + 12
    assert depth == 8 and colour in (2, 6), (depth, colour)
    step = 3 if colour == 2 else 4
    raw = zlib.decompress(packed)
    rows, above = [], bytearray(width * step)
    for y in range(height):
        start = y * (width * step + 1)
        above = unfilter(raw[start], bytearray(raw[start + 1:start + 1 + width * step]), above, step)
        rows.append(above)
    return step, rows


def unfilter(how, row, above, step):
    if how == 2:
        return bytearray((a + b) & 255 for a, b in zip(row, above))
    for i in range(len(row) if how else 0):
        left = row[i - step] if i >= step else 0
        corner = above[i - step] if i >= step else 0
        if how == 1:
            guess = left
        elif how == 3:
            guess = (left + above[i]) // 2
        else:
            p = left + above[i] - corner
            guess = min((left, above[i], corner), key=lambda x: abs(p - x))
        row[i] = (row[i] + guess) & 255
    return row


class Picture:
    def __init__(self, path):
        self.step, self.rows = read_png(path)

    def is_like(self, x, y, colour):
        at = int(x) * self.step
        return all(abs(a - b) <= 12 for a, b in zip(self.rows[int(y)][at:at + 3], colour))


def rgb(colour):
    return [int(part) for part in re.findall(r"\d+", colour)[:3]]


def look_at_picture(path, seen):
    """The paper, every dot of the first trend and its band have the colours they should."""
    picture = Picture(path)
    light, dark = seen[:2]
    if sum(rgb(light["paper"])) < 600 or sum(rgb(dark["paper"])) > 200:
        wrong.append(f"light is {light['paper']}, dark is {dark['paper']}")
    for one, offset in ((light, 0), (dark, PICTURE[0])):
        name = one["scheme"]
        if not picture.is_like(offset + 3, 3, rgb(one["paper"])):
            wrong.append(f"picture, {name}: the paper is not {one['paper']}")
        for x, y, fill in one["dots"]:
            if y < PICTURE[1] and not picture.is_like(offset + x, y, rgb(fill)):
                wrong.append(f"picture, {name}: no dot at {x:.0f},{y:.0f}")
        left, top, right, bottom = (int(part) for part in one["plot"])
        tinted = sum(picture.is_like(offset + x, y, rgb(one["tint"]))
                     for x in range(left, right, 4) for y in range(top, bottom, 4))
        share = tinted * 16 / ((right - left) * (bottom - top))
        if bottom > PICTURE[1] or not 0.1 < share < 0.9:
            wrong.append(f"picture, {name}: {share:.0%} of the trend is its band")


def look_at_screen(*pages):
    width, height = PICTURE
    # The last page, light beside dark; below, out of the picture, all pages at all widths.
    frames = [frame(pages[-1], 0, 0, width, height, "light"),
              frame(pages[-1], width, 0, width, height, "dark")]
    below = [frame(page, 0, height, each, 1000, "light") for page in pages for each in WIDTHS]
    window = ["--allow-file-access-from-files", f"--window-size={2 * width},{height}"]
    with tempfile.TemporaryDirectory() as folder:
        shot = os.path.join(folder, "report.png")
        dom = chromium(folder, *window, "--dump-dom",
                       write_frames(folder, "all.html", frames + below))
        chromium(folder, *window, "--screenshot=" + shot,
                 write_frames(folder, "picture.html", frames))
        seen = json.loads(html.unescape(re.search(r'<pre id="seen">(.+?)</pre>', dom, re.S)[1]))
        look_at_layout(seen)
        look_at_picture(shot, seen)
        if os.environ.get("TILLASK_PICTURES"):
            shutil.copy(shot, os.environ["TILLASK_PICTURES"])


# ---- paper -------------------------------------------------------------------------------

def look_at_paper(page, text):
    with tempfile.TemporaryDirectory() as folder:
        pdf = os.path.join(folder, "report.pdf")
        chromium(folder, "--no-pdf-header-footer", "--print-to-pdf=" + pdf,
                 "file://" + os.path.abspath(page))
        info = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
        words = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, text=True,
                               check=True).stdout
        if os.environ.get("TILLASK_PICTURES"):
            shutil.copy(pdf, os.environ["TILLASK_PICTURES"])
    if "(A4)" not in info:
        wrong.append(f"{page}: not printed on A4: {info}")
    # The number of a page may stand in the middle of what goes on on the next.
    words = re.sub(r"\d+ / \d+\n", "", words)
    expect_figures(page + ", printed", words, figures_of(text))


LOOK = {"figures": look_for_figures, "screen": look_at_screen, "paper": look_at_paper}

if __name__ == "__main__":
    LOOK[sys.argv[1]](*sys.argv[2:])
    print("\n".join(wrong[:40]))
    sys.exit(1 if wrong else 0)
