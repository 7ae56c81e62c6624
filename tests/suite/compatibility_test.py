"""Compares the tables of src/core/compatibility_forms.cpp with Unicode's own, as Python has them."""

import re
import unicodedata
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "core" / "compatibility_forms.cpp"


def ordinary(character: int) -> int:
    form = unicodedata.normalize("NFKC", chr(character))
    return ord(form) if len(form) == 1 and ord(form) < 0x10000 else character


def numbers(name: str, text: str) -> list[int]:
    body = re.search(name + r"\{\{(.*?)\}\};", text, re.DOTALL).group(1)
    return [int(number, 16) for number in re.findall(r"0x([0-9A-F]+)", body)]


def main() -> None:
    text = SOURCE.read_text(encoding="utf-8")
    for name, first, last in (("kangxi_radicals", 0x2F00, 0x2FD5), ("ideographs", 0xF900, 0xFAD9)):
        table = numbers(name, text)
        assert len(table) == last - first + 1, name
        for at, form in enumerate(table):
            assert (form or first + at) == ordinary(first + at), f"{name}: U+{first + at:04X}"
    flat = numbers("forms", text)
    forms = dict(zip(flat[::2], flat[1::2]))
    assert list(forms) == sorted(forms), "in order"
    for character, form in forms.items():
        simplified = 0x2E80 <= character < 0x2F00 and ordinary(character) == character
        assert simplified or form == ordinary(character), f"U+{character:04X}"
    for first, last in ((0xFE10, 0xFE6F), (0xFF5F, 0xFF9F), (0xFFE0, 0xFFEE)):
        for character in range(first, last + 1):
            if ordinary(character) != character and character != 0xFFA0:
                assert character in forms, f"U+{character:04X} is missing"
    print("the tables are Unicode's")


main()
