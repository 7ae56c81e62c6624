"""Writes a C++ source file that holds the given asset files: embed_assets.py OUTPUT PROJECT_ROOT LEFT_OUT FILE...

A file keeps its path below the assets/ folder ("instruments/jilin-committee.json"), one of web/ only its name
("print.css"). JSON is written without white space; everything else goes in as it is.

The sentences of i18n/LANGUAGE.json become "i18n/keys", every key of any language in order, and "i18n/LANGUAGE", the
texts in that order, each with a zero byte behind it: no key stands twice, and nothing has to be parsed. Keys that begin
with one of LEFT_OUT (with commas between them; "" for none) are left out. Those that home does not say stand apart in the
same way, as "i18n/later/keys" and "i18n/later/LANGUAGE", and those that only a superior reads as "i18n/desk/…".

An earlier version of a form stands as what differs from today's.

What the page does not want before somebody does something stands together between two marks, and so does what only a
superior reads: split_program.py sends the one with the page's second part, the other with its third.
"""

import difflib
import json
import re
import sys
from pathlib import Path

CHUNK_BYTES = 100
FIRST = re.compile(r"i18n/(keys|zh-CN)|instruments/[^/]*")
LATER_WORDS = ("error.", "finding.", "form.", "help.", "ui.author.")
DESK_WORDS = ("campaign.", "papers.", "ui.desk.", "ui.weak.")
BLOCKS = ("later", "desk")  # as split_program.py knows them


def read_json(path: Path):
    try:
        return json.loads(path.read_bytes())
    except ValueError as error:
        sys.exit(f"{path}: {error}")


def content_of(path: Path) -> bytes:
    if path.suffix != ".json":
        return path.read_bytes()
    return json.dumps(read_json(path), ensure_ascii=False, separators=(",", ":")).encode()


def sentences(paths: list[Path], left_out: str) -> dict[str, bytes]:
    languages = {path.stem: read_json(path) for path in paths}
    starts = tuple(filter(None, left_out.split(",")))
    keys = sorted({key for texts in languages.values() for key in texts if not key.startswith(starts)})
    assets = {}
    groups = {"i18n/later/": LATER_WORDS, "i18n/desk/": DESK_WORDS}
    home = [key for key in keys if not key.startswith(LATER_WORDS + DESK_WORDS)]
    others = [(folder, [key for key in keys if key.startswith(words)]) for folder, words in groups.items()]
    for folder, some in [("i18n/", home), *others]:
        together = lambda texts: "".join(text + "\0" for text in texts).encode()  # noqa: E731
        if some:
            assets[f"{folder}keys"] = together(some)
            assets |= {f"{folder}{name}": together(texts.get(key, "") for key in some) for name, texts in languages.items()}
    return assets


def asset_name(path: Path, root: Path) -> str:
    parts = path.relative_to(root).parts
    return "/".join(parts[1:]) if parts[0] in ("assets", "web") else "/".join(parts)


def literal(data: bytes) -> str:
    # Always three octal digits: an escape never swallows the digit that follows it.
    return "".join(
        chr(byte) if 32 <= byte < 127 and chr(byte) not in '"\\?' else f"\\{byte:03o}" for byte in data
    )


def literals(data: bytes) -> list[str]:
    return [f'        "{literal(data[at:at + CHUNK_BYTES])}"' for at in range(0, len(data), CHUNK_BYTES)] or ['        ""']


def view(data: bytes) -> str:
    return "\n".join(["std::string_view{", *literals(data), f"        , {len(data)}}}"])


def mark_of(block: str) -> bytes:
    return b"\x01assets:" + block.encode() + b"\x01"


def block_lines(block: str, data: bytes) -> list[str]:
    return [f"constexpr char {block}[] =", *literals(mark_of(block) + data + mark_of(f"{block}:end")), "        ;", ""]


def base_of(name: str, names) -> str:
    """What an earlier version of a form ("instruments/earlier/ID-VERSION.json") is told by; "" of everything else."""
    match = re.fullmatch(r"instruments/earlier/(.+)-[^-]+(\.json)", name)
    todays = [f"{folder}/{match[1]}{match[2]}" for folder in ("instruments", "campaign")] if match else []
    return next((name for name in todays if name in names), "")


def steps(base: bytes, content: bytes) -> bytes:
    """How `content` comes of `base`: src/exchange/embedded_assets.cpp goes them."""
    old, new = (re.findall(r'"(?:[^"\\]|\\.)*"|[^"]', text.decode()) for text in (base, content))
    size = lambda tokens: len("".join(tokens).encode())  # noqa: E731
    out = b""
    for kind, begin, end, new_begin, new_end in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            out += f"{size(old[:begin])},{size(old[begin:end])};".encode()
        elif new_end > new_begin:
            added = "".join(new[new_begin:new_end]).encode()
            out += f"+{len(added)}:".encode() + added
    return out


def main() -> None:
    output, root = Path(sys.argv[1]), Path(sys.argv[2])
    files = [Path(name) for name in sys.argv[4:]]
    words = [path for path in files if path.parent.name == "i18n"]
    assets = sorted([(asset_name(path, root), content_of(path)) for path in files if path not in words]
                    + list(sentences(words, sys.argv[3]).items()))
    by_name = dict(assets)
    told_by = {name: base for name in by_name if (base := base_of(name, by_name))}
    assets = [(name, steps(by_name[told_by[name]], data) if name in told_by else data) for name, data in assets]
    bases = sorted(set(told_by.values()))
    order = {name: at for at, (name, _) in enumerate(assets)}
    blocks = dict.fromkeys(BLOCKS, b"")
    places = {}
    for name, data in assets:
        if FIRST.fullmatch(name):
            continue
        block = "desk" if name.startswith("i18n/desk/") else "later"
        places[name] = f"{block} + {len(mark_of(block)) + len(blocks[block])}"
        blocks[block] += data
    at_place = lambda name, data: f"std::string_view{{{places[name]}, {len(data)}}}" if name in places else view(data)  # noqa: E731
    lines = [
        "// Generated by scripts/embed_assets.py.",
        '#include "exchange/embedded_assets.hpp"',
        "",
        "#include <array>",
        "",
        "namespace duibiao {",
        "namespace {",
        "",
        *(line for block, data in blocks.items() for line in block_lines(block, data)),
        *(f"constexpr std::string_view base_{order[name]} = {at_place(name, by_name[name])};" for name in bases),
        "",
        f"constexpr std::array<EmbeddedAsset, {len(assets)}> all_assets{{",
    ]
    for name, data in assets:
        base = f"base_{order[told_by[name]]}" if name in told_by else "{}"
        content = f"base_{order[name]}" if name in bases else at_place(name, data)
        lines.append(f'    EmbeddedAsset{{"{name}", {content}, {base}}},')
    lines += ["};", "", "} // namespace", "", "std::span<const EmbeddedAsset> embedded_assets() { return all_assets; }", "", "} // namespace duibiao", ""]
    text = "\n".join(lines)
    if not output.exists() or output.read_text() != text:
        output.write_text(text)
    else:
        output.touch()


main()
