"""The generator of embedded assets: paths, minified JSON, any byte, no assets at all."""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

GENERATOR = Path("scripts/embed_assets.py").resolve()


def decoded(body: str) -> bytes:
    text = "".join(re.findall(r'^\s+"(.*)"$', body, re.MULTILINE))
    return re.sub(rb"\\(\d{3})", lambda match: bytes([int(match.group(1), 8)]), text.encode())


def generate(root: Path, *files: Path, left_out: str = "") -> dict[str, bytes]:
    output = root / "out.cpp"
    subprocess.run([sys.executable, GENERATOR, output, root, left_out, *files], check=True)
    code = output.read_text()
    view = r"std::string_view\{\n(.*?)\n\s+, (\d+)\}"
    later = decoded(re.search(r"char later\[\] =\n(.*?)\n\s+;", code, re.DOTALL)[1])
    bases = {name: decoded(body) for name, body, _ in re.findall(rf"(base_\d+) = {view};", code, re.DOTALL)}
    assets = {}
    code = code[code.index("all_assets{") :]
    for match in re.finditer(rf'EmbeddedAsset\{{"([^"]+)", (?:{view}|(base_\d+)|std::string_view\{{later \+ (\d+), (\d+)\}}), (\S+)\}},', code, re.DOTALL):
        name, body, size, base, at, later_size, told_by = match.groups()
        data = bases[base] if base else decoded(body) if body else later[int(at) : int(at) + int(later_size)]
        assert body is None or len(data) == int(size), name
        assets[name] = data if told_by == "{}" else (bases[told_by], data)
    return assets


with tempfile.TemporaryDirectory() as folder:
    root = Path(folder)
    for place in ("assets/instruments", "assets/i18n", "web"):
        (root / place).mkdir(parents=True)
    form = root / "assets/instruments/a.json"
    form.write_text('{\n  "名": "对标",\n  "n": [1, 2]\n}\n', encoding="utf-8")
    words = root / "assets/i18n/en.json"
    words.write_text('{"a": "\\"b\\\\ 1?"}', encoding="utf-8")
    more_words = root / "assets/i18n/zh-CN.json"
    more_words.write_text('{"c": "对标"}', encoding="utf-8")
    style = root / "web/print.css"
    style.write_bytes(bytes(range(256)) * 3 + "对标1".encode())

    assert generate(root, style, words, form, more_words) == {
        "instruments/a.json": '{"名":"对标","n":[1,2]}'.encode(),
        "i18n/keys": b"a\0c\0",
        "i18n/en": b'"b\\ 1?\0\0',
        "i18n/zh-CN": "\0对标\0".encode(),
        "print.css": style.read_bytes(),
    }
    assert generate(root, words, more_words, left_out="a") == {
        "i18n/keys": b"c\0",
        "i18n/en": b"\0",
        "i18n/zh-CN": "对标\0".encode(),
    }
    words.write_text('{"a": "1", "error.b": "2"}', encoding="utf-8")
    assert generate(root, words) == {
        "i18n/keys": b"a\0", "i18n/en": b"1\0", "i18n/later/keys": b"error.b\0", "i18n/later/en": b"2\0",
    }  # fmt: skip
    (root / "assets/instruments/earlier").mkdir()
    earlier = root / "assets/instruments/earlier/a-1.json"
    earlier.write_text('{"名": "对表", "n": [1, 2]}', encoding="utf-8")
    assert generate(root, form, earlier)["instruments/earlier/a-1.json"] == (
        '{"名":"对标","n":[1,2]}'.encode(), '0,7;+8:"对表"15,11;'.encode(),
    )  # fmt: skip
    assert generate(root) == {}
    form.write_text("{", encoding="utf-8")
    assert subprocess.run([sys.executable, GENERATOR, root / "out.cpp", root, "", form], capture_output=True).returncode == 1
print("ok")
