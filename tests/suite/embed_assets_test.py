"""The generator of embedded assets: paths, minified JSON, any byte, no assets at all."""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

GENERATOR = Path("scripts/embed_assets.py").resolve()


def generate(root: Path, *files: Path, left_out: str = "") -> dict[str, bytes]:
    output = root / "out.cpp"
    subprocess.run([sys.executable, GENERATOR, output, root, left_out, *files], check=True)
    assets = {}
    for name, body, size in re.findall(
        r'EmbeddedAsset\{"([^"]+)", std::string_view\{\n(.*?)\n\s+, (\d+)\}\}', output.read_text(), re.DOTALL
    ):
        text = "".join(re.findall(r'^\s+"(.*)"$', body, re.MULTILINE))
        data = re.sub(rb"\\(\d{3})", lambda match: bytes([int(match.group(1), 8)]), text.encode())
        assert len(data) == int(size), name
        assets[name] = data
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
    assert generate(root) == {}
    form.write_text("{", encoding="utf-8")
    assert subprocess.run([sys.executable, GENERATOR, root / "out.cpp", root, "", form], capture_output=True).returncode == 1
print("ok")
