"""Draws answers of Unroll as SVG, for docs/pictures/make.sh.

draw.py tagged    reads the lines of `ner tag --json`: each name has a box and its type.
draw.py explained reads a page of `charlm explain`: the colour of a character is its influence on the last prediction.
"""

import json
import re
import sys
from html import escape

WIDTH, LINE = 9.6, 34  # of a character of 16 px, and of a line
COLOURS = {"PER": "#ffd8a8", "LOC": "#b2f2bb", "ORG": "#a5d8ff"}


def text(x, y, content, size=16, fill="#222"):
    return (f'<text x="{x:.1f}" y="{y}" font-size="{size}" fill="{fill}" xml:space="preserve">'
            f"{escape(content)}</text>")


def box(x, y, width, colour):
    return f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="22" rx="3" fill="{colour}"/>'


def picture(parts, columns, lines):
    width, height = columns * WIDTH + 24, lines * LINE + 16
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height}" width="{width:.0f}" '
            f'font-family="ui-monospace, Menlo, Consolas, monospace">\n<rect width="100%" height="100%" fill="#fff"/>\n'
            + "\n".join(parts) + "\n</svg>")


def tagged(source):
    parts, columns, lines = [], 0, 0
    for answer in map(json.loads, source):
        y, x, at = lines * LINE + 28, 12, 0
        for span in answer["spans"] + [None]:
            end = span["start"] if span else len(answer["text"])
            plain = answer["text"][at:end]
            parts.append(text(x, y, plain))
            x += len(plain) * WIDTH
            if span:
                name, kind = answer["text"][span["start"]:span["end"]], span["type"]
                length = len(name) * WIDTH + len(kind) * 7 + 6
                parts += [box(x - 2, y - 16, length + 4, COLOURS.get(kind, "#eee")), text(x, y, name),
                          text(x + len(name) * WIDTH + 5, y, kind, 11, "#555")]
                x, at = x + length + 2, span["end"]
        columns, lines = max(columns, x / WIDTH), lines + 1
    return picture(parts, columns, lines)


def explained(source):
    model = json.loads(re.search(r"^const models = (.*);$", source.read(), re.M).group(1))[0]
    last = len(model["predicted"]) - 1
    row = model["influence"][last]
    most = max(row)
    wide, parts = 50, []
    for t, symbol in enumerate(model["predicted"]):
        x, y = 12 + t % wide * WIDTH, t // wide * LINE + 28
        if t < last:
            # Character t was read at step t + 1.
            share = (row[t + 1] / most) ** 0.5
            parts.append(box(x, y - 16, WIDTH, f"rgba(228,87,46,{share:.2f})"))
        else:
            parts.append(box(x, y - 16, WIDTH, "#a5d8ff"))
        parts.append(text(x, y, "⏎" if symbol == "\n" else symbol))
    return picture(parts, wide, last // wide + 1)


if __name__ == "__main__":
    print({"tagged": tagged, "explained": explained}[sys.argv[1]](sys.stdin))
