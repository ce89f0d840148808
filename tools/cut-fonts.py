#!/usr/bin/env python3
"""Cuts the theme's fonts from the published ones. Run it by hand when a font or its cut changes.

    npm pack @fontsource-variable/newsreader@5.3.0 @fontsource-variable/public-sans@5.3.0
    (unpack each into a folder: newsreader/, public-sans/)
    pip install fonttools==4.68.0 brotli==1.2.1
    tools/cut-fonts.py newsreader public-sans

Each face is cut in three, so that a page fetches only what it shows: `core` has the letters of English and Spanish, `more`
the rest of Latin-1, `ext` the rest of Latin. static/theme/css/fonts.css lists the same ranges. Newsreader's optical size is
fixed wherever a face is used: 16 for text, 32 for headlines.
"""

import io
import pathlib
import sys

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

CORE = (
    "20-7E,A0,A1,A7,A9,AB,B0,B7,BB,BD,BF,C1,C9,CD,D1,D3,D7,DA,DC,E1,E7-E9,ED,F1,F3,FA,FC,"
    "2013,2014,2018,2019,201C,201D,2022,2026,2039,203A,20AC,2190-2193,2197,21A9"
)
MORE = (
    "A2-A6,A8,AA,AC-AF,B1-B6,B8-BA,BC,BE,C0,C2-C8,CA-CC,CE-D0,D2,D4-D6,D8,D9,DB,DD-E0,E2-E6,EA-EC,EE-F0,F2,"
    "F4-F9,FB,FD-FF,131,152,153,160,161,178,17D,17E,2C6,2DA,2DC,201A,201E,2020,2021,2030,2044,2122,2212"
)
FEATURES = ["kern", "liga", "ccmp", "mark", "locl", "tnum"]


def cut(source, target, axes, characters=None):
    font = TTFont(source)
    options = subset.Options(layout_features=FEATURES, hinting=False)
    subsetter = subset.Subsetter(options)
    wanted = subset.parse_unicodes(characters) if characters else sorted(font.getBestCmap())
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    # Save and reload between the two steps: the instancer needs tables that only a saved font has.
    between = io.BytesIO()
    font.save(between)
    between.seek(0)
    font = instancer.instantiateVariableFont(TTFont(between), axes)
    font.flavor = "woff2"
    font.save(target)
    print(f"{target.stat().st_size:>7}  {target}")


def main(newsreader, public_sans):
    out = pathlib.Path(__file__).resolve().parent.parent / "static/theme/fonts"
    faces = [
        ("newsreader-text", newsreader, "newsreader-{}-opsz-normal.woff2", {"wght": 400, "opsz": 16}),
        ("newsreader-head", newsreader, "newsreader-{}-opsz-normal.woff2", {"wght": 600, "opsz": 32}),
        ("newsreader-italic", newsreader, "newsreader-{}-opsz-italic.woff2", {"wght": 400, "opsz": 16}),
        ("public-sans", public_sans, "public-sans-{}-wght-normal.woff2", {"wght": (400, 700)}),
    ]
    for name, package, file, axes in faces:
        source = lambda script: pathlib.Path(package) / "files" / file.format(script)
        cut(source("latin"), out / f"{name}-core.woff2", axes, CORE)
        cut(source("latin"), out / f"{name}-more.woff2", axes, MORE)
        cut(source("latin-ext"), out / f"{name}-ext.woff2", axes)
    for name, package in [("Newsreader", newsreader), ("PublicSans", public_sans)]:
        (out / f"{name}-OFL.txt").write_bytes((pathlib.Path(package) / "LICENSE").read_bytes())


if __name__ == "__main__":
    main(*sys.argv[1:])
