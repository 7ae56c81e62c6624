#!/usr/bin/env python3
"""Makes a web font for machines without a Chinese one, out of the distribution's font package.

  make_font.py OUTPUT     for example .deps/fonts/han.woff2

It has the characters of GB 2312 (6,763 hanzi and the marks) and whatever the forms and sentences of the page use. The
page asks for it only where the system has no Chinese font (web/han_font.js). Without the packages that scripts/setup
test brings (fonts-noto-cjk, python3-fonttools, python3-brotli) there is none, and the page then says what is missing.
"""

import pathlib
import sys

try:
    from fontTools import subset
except ImportError:
    subset = None

ROOT = pathlib.Path(__file__).resolve().parent.parent
FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
SIMPLIFIED_CHINESE = 2  # of the five languages in the file


def characters() -> set[int]:
    rows, cells = range(0xA1, 0xF8), range(0xA1, 0xFF)
    chinese = "".join(bytes((row, cell)).decode("gb2312", "ignore") for row in rows for cell in cells)
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "assets").rglob("*.json"))]
    latin = "".join(map(chr, range(0x20, 0x17F)))
    return {ord(character) for character in chinese + latin + "".join(texts) if character.isprintable()}


def main(output: pathlib.Path) -> None:
    options = subset.Options(font_number=SIMPLIFIED_CHINESE, flavor="woff2", layout_features=[], hinting=False)
    options.drop_tables += ["VORG", "vhea", "vmtx", "BASE"]
    font = subset.load_font(FONT, options, lazy=True)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters())
    subsetter.subset(font)
    output.parent.mkdir(parents=True, exist_ok=True)
    unfinished = output.with_suffix(".part")
    subset.save_font(font, unfinished, options)
    unfinished.rename(output)


if __name__ == "__main__":
    if subset is None or not pathlib.Path(FONT).exists():
        print("make_font: its packages are not installed; the page will have no font of its own")
        sys.exit(0)
    main(pathlib.Path(sys.argv[1]))
