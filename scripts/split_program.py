#!/usr/bin/env python3
"""Cuts the page's program into what a first visit needs until it can be used, and what comes later.

  split_program.py BINARYEN NM FIRST PROGRAM OUTPUT OBJECT...

BINARYEN is the folder of wasm-split, wasm-dis and wasm-opt; NM lists an object's symbols; PROGRAM has the names of its
functions. OUTPUT becomes a folder with

  duibiao.wasm       what runs until the page stands there: the functions of our own that FIRST names, and whatever of
                     the libraries those call
  duibiao_rest.wasm  what every visit needs as soon as somebody does something; it follows at once (web/parts.js)
  duibiao_desk.wasm  what only a superior or the author of a form needs: what is compiled to an OBJECT whose name has
                     "later" in it, and what nothing else calls
  whole/duibiao.wasm the first two in one piece, for the page as one file

and assets that are not wanted at the beginning (embed_assets.py marks them) move to the second. A function that FIRST does
not name is merely later: the page then waits for it. `node tests/bench/first_visit.mjs` writes FIRST anew.
"""

import hashlib
import re
import subprocess
import sys
from pathlib import Path

from order_functions import FEATURES, in_good_order, number_at


def mark_of(block: str) -> bytes:
    """Between two of them (the second of "BLOCK:end") embed_assets.py writes what goes with another part."""
    return b"\x01assets:" + block.encode() + b"\x01"


class Program:
    """Who calls whom, of a program in words."""

    def __init__(self, words: str):
        self.calls: dict[str, set[str]] = {}
        self.exported: set[str] = set()
        self.addressed: set[str] = set()
        current = None
        for line in words.split("\n"):
            if line.startswith(" (func $"):
                current = line.split()[1].rstrip(")")
                self.calls[current] = set()
            elif line.startswith(" (elem"):
                self.addressed |= set(re.findall(r"(\$\S+?)[\s)]", line + " "))
            elif match := re.match(r' \(export "[^"]+" \(func (\$\S+?)\)\)', line):
                self.exported.add(match[1])
            if current:
                self.calls[current] |= set(re.findall(r"\((?:return_)?call (\$\S+?)(?=[\s)]|$)", line))


def plain(name: str) -> str:
    """As it stands in the sources: "$duibiao::ui::draw\\28...\\29" without its escapes."""
    return re.sub(r"\\([0-9a-f]{2})", lambda match: chr(int(match[1], 16)), name.removeprefix("$"))


def short(name: str) -> str:
    """Without arguments, but for a handler, which is known by its command; empty for a library's, or what Binaryen made of several."""
    name = re.sub(r"std::__2::", "std::", plain(name))
    is_own = "duibiao::" in name or name.startswith("(anonymous namespace)::")  # main's
    if not is_own or name.startswith("byn$") or re.match(r"(\S+ |decltype\(auto\) )?(std|nlohmann|tl)::", name):
        return ""
    if handled := re.match(r"duibiao::app::on\(.*(command::\w+)( const)?&\)$", name):
        return f"duibiao::app::on {handled[1]}"
    if carried := re.match(r"void duibiao::app::\(anonymous namespace\)::carry_out<duibiao::(command::\w+)>", name):
        return f"duibiao::app::carry_out {carried[1]}"
    name = name.replace("(anonymous namespace)", "{}")
    return re.sub(r"[(<].*", "", name.removeprefix("void ")).replace("{}", "(anonymous namespace)").strip()


def symbols(nm: str, objects: list[str]) -> set[str]:
    listed = subprocess.run([nm, "--demangle", "--defined-only", *objects], check=True, capture_output=True, text=True)
    lines = (re.match(r"[-0-9a-f]* *[TtWw] (.*)", line.strip()) for line in listed.stdout.split("\n"))
    return {line[1] for line in lines if line}


def is_door(name: str) -> bool:
    """What others call of a later part, when it is here: a screen, or what handles a command."""
    return re.search(r"\((duibiao::State&, duibiao::Ports const&|duibiao::ui::Ui&)[,)]", plain(name)) is not None


def desk_of(program: Program, later: set[str]) -> set[str]:
    """Those of `later` and what only they call. Binaryen makes one of functions that are alike, whatever their names: so what
    others call as well is none of them, unless it is a door."""
    desk = {name for name in program.calls if plain(name) in later} - program.exported
    callers: dict[str, set[str]] = {name: set() for name in program.calls}
    for name, called in program.calls.items():
        for one in called & callers.keys():
            callers[one].add(name)
    while wanted := {name for name in desk if not is_door(name) and callers[name] - desk}:
        desk -= wanted
    fixed = program.exported | program.addressed
    while more := {name for name in callers.keys() - desk - fixed if callers[name] and callers[name] <= desk}:
        desk |= more
    return desk


def first_of(program: Program, named: set[str], desk: set[str]) -> set[str]:
    waiting = [name for name in program.calls if name in program.exported or short(name) in named]
    # What the libraries hand to the browser or to each other, such as a driver's functions, has no name that tells when.
    waiting += [name for name in program.addressed & program.calls.keys() if not short(name)]
    first: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in first or name in desk or name not in program.calls:
            continue
        first.add(name)
        waiting += [one for one in program.calls[name] if not short(one) or short(one) in named]
    return first


def run(*command) -> None:
    subprocess.run(command, check=True)


def sections_of(binary: bytes):
    at = 8
    while at < len(binary):
        kind = binary[at]
        size, begin = number_at(binary, at + 1)
        yield kind, binary[begin : begin + size]
        at = begin + size


def number(value: int, signed: bool = False) -> bytes:
    out = b""
    while True:
        low, value = value & 0x7F, value >> 7
        if value == 0 and not (signed and low & 0x40):
            return out + bytes([low])
        out += bytes([low | 0x80])


def with_sections(sections) -> bytes:
    return b"\0asm\1\0\0\0" + b"".join(bytes([kind]) + number(len(body)) + body for kind, body in sections)


def segment(address: int, content: bytes) -> bytes:
    return b"\0\x41" + number(address, signed=True) + b"\x0b" + number(len(content)) + content


def segments_of(body: bytes):
    count, at = number_at(body, 0)
    for _ in range(count):
        assert body[at : at + 2] == b"\0\x41"
        address, at = number_at(body, at + 2)
        size, at = number_at(body, at + 1)
        yield address, body[at : at + size]
        at += size


def data_section(segments) -> bytes:
    segments = list(segments)
    return number(len(segments)) + b"".join(segment(*one) for one in segments)


def take_assets(program: Path, block: str) -> list[tuple[int, bytes]]:
    """What stands between the block's marks, which is no longer in the program afterwards."""
    kept, taken = [], []
    sections = list(sections_of(program.read_bytes()))
    for address, content in segments_of(next(body for kind, body in sections if kind == 11)):
        begin, end = content.find(mark_of(block)), content.find(mark_of(f"{block}:end"))
        if begin < 0:
            kept.append((address, content))
            continue
        taken.append((address + begin, content[begin:end]))
        kept += [(address, content[:begin]), (address + end, content[end:])]
    assert len(taken) == 1
    replaced = {11: data_section(kept), 12: number(len(kept))}
    program.write_bytes(with_sections((kind, replaced.get(kind, body)) for kind, body in sections))
    return taken


def give_assets(part: Path, assets) -> None:
    """They come into the memory with this part."""
    others = [(kind, body) for kind, body in sections_of(part.read_bytes()) if kind not in (11, 12)]
    code = next(at for at, (kind, _) in enumerate(others) if kind == 10)
    others.insert(code + 1, (11, data_section(assets)))
    part.write_bytes(with_sections(others))


def text_at(body: bytes, at: int) -> tuple[str, int]:
    size, at = number_at(body, at)
    return body[at : at + size].decode(), at + size


def text(name: str) -> bytes:
    return number(len(name.encode())) + name.encode()


def rest_of_import(body: bytes, at: int) -> tuple[bytes, int]:
    """What stands behind an import's name, and where it ends. How far the table may grow is the first part's affair."""
    kind, begin = body[at], at
    if kind == 0:  # a function's type
        at = number_at(body, at + 1)[1]
    elif kind == 3:  # a global's
        at += 3
    else:  # a table's kind, and limits as memory has them
        at += 1 + (kind == 1)
        has_most, least_at = body[at], at + 1
        at = number_at(body, least_at)[1]
        least_end = at
        if has_most & 1:
            at = number_at(body, at)[1]
        if kind == 1:
            return body[begin : least_at - 1] + b"\0" + body[least_at:least_end], at
    return body[begin:at], at


def with_names(kind: int, body: bytes, renamed: dict[str, str]) -> bytes:
    """The imports (2) or exports (7) under other names."""
    count, at = number_at(body, 0)
    out = number(count)
    for _ in range(count):
        if kind == 2:
            module, at = text_at(body, at)
            out += text(module)
        name, begin = text_at(body, at)
        if kind == 2:
            rest, at = rest_of_import(body, begin)
        else:
            at = number_at(body, begin + 1)[1]
            rest = body[begin:at]
        out += text(renamed.get(name, name)) + rest
    return out


def shorten(paths: list[Path], mark: str) -> None:
    """Functions that the parts take from each other are named by what they do, in two hundred letters: a number does."""
    exports = next(body for kind, body in sections_of(paths[0].read_bytes()) if kind == 7)
    count, at = number_at(exports, 0)
    renamed = {}
    for _ in range(count):
        name, at = text_at(exports, at)
        at = number_at(exports, at + 1)[1]
        if name.startswith(mark):
            renamed[name] = f"{mark}{len(renamed):x}"
    for path in paths:
        sections = ((kind, with_names(kind, body, renamed) if kind in (2, 7) else body) for kind, body in sections_of(path.read_bytes()))
        path.write_bytes(with_sections(sections))


def list_names(source: str, positions: str) -> None:
    """The names for FIRST of the functions at these positions of a program."""
    words = subprocess.run(["wasm-dis", *FEATURES, source], check=True, capture_output=True, text=True).stdout
    names = list(Program(words).calls)
    print("\n".join(sorted({short(names[int(position)]) for position in positions.split(",")} - {""})))


def main() -> None:
    if sys.argv[1] == "--names":
        return list_names(*sys.argv[2:])
    binaryen, nm, list_file, source, folder = sys.argv[1:6]
    objects = [name for name in sys.argv[6:] if name.endswith(".o")]
    tool = lambda name: str(Path(binaryen) / name)  # noqa: E731
    out = Path(folder)
    whole, without_desk = Path(source), out / "without_desk.wasm"
    words = subprocess.run([tool("wasm-dis"), *FEATURES, whole], check=True, capture_output=True, text=True).stdout
    program = Program(words)
    is_later = lambda name: "later" in Path(name).name  # noqa: E731
    later = symbols(nm, list(filter(is_later, objects))) - symbols(nm, [one for one in objects if not is_later(one)])
    desk = desk_of(program, later)
    first = first_of(program, set(Path(list_file).read_text().split("\n")) - {""}, desk)

    names = lambda some: "\n".join(sorted(name.removeprefix("$") for name in some))  # noqa: E731
    (out / "desk.names").write_text(names(desk))
    (out / "first.names").write_text(names(first))
    paths = {part: out / f"{part}.wasm" for part in ("duibiao", "duibiao_rest", "duibiao_desk")}
    # What a part lacks it asks for under the part's name; what it takes from the first has a prefix of its own there, and
    # of this very program: parts of two versions do not fit together.
    mark = hashlib.sha256(whole.read_bytes()).hexdigest()[:6]
    split = [tool("wasm-split"), *FEATURES, "-g", "--split"]
    run(*split, f"--split-funcs=@{out}/desk.names", "--placeholder-namespace=desk", f"--export-prefix={mark}d",
        "-o1", without_desk, "-o2", paths["duibiao_desk"], whole)  # fmt: skip
    run(*split, f"--keep-funcs=@{out}/first.names", "--placeholder-namespace=rest", f"--export-prefix={mark}r",
        "-o1", paths["duibiao"], "-o2", paths["duibiao_rest"], without_desk)  # fmt: skip
    for path in paths.values():
        in_good_order(tool("wasm-dis"), tool("wasm-opt"), path, path)
    shorten(list(paths.values()), mark)
    give_assets(paths["duibiao_rest"], take_assets(paths["duibiao"], "later"))
    give_assets(paths["duibiao_desk"], take_assets(paths["duibiao"], "desk"))
    (out / "whole").mkdir(exist_ok=True)
    in_good_order(tool("wasm-dis"), tool("wasm-opt"), without_desk, out / "whole" / "duibiao.wasm")
    take_assets(out / "whole" / "duibiao.wasm", "desk")
    without_desk.unlink()


if __name__ == "__main__":
    main()
