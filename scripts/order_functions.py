#!/usr/bin/env python3
"""Makes a program smaller to send, not different: order_functions.py WASM-DIS WASM-OPT PROGRAM OUTPUT

gzip knows only the last 32 KB. Functions stand in a program as they stood in the sources; here each is followed by that
one which has most in common with what stands just before: 5 % less to send. WASM-DIS and WASM-OPT are Binaryen's, of one
version, as one has to read what the other writes.
"""

import collections
import subprocess
import sys
import tempfile
from pathlib import Path

CODE_SECTION = 10
WINDOW_BYTES = 30_000  # of gzip's 32 KB, as all functions are somewhat smaller than here once packed
GRAM_BYTES = 6
COMMONPLACE = 20  # what more functions than this have is found near anyway
FEATURES = ["--enable-bulk-memory", "--enable-mutable-globals", "--enable-nontrapping-float-to-int", "--enable-sign-ext"]


def number_at(data: bytes, at: int) -> tuple[int, int]:
    """A LEB128 number, and where it ends."""
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at


def code_of(program: bytes) -> list[bytes]:
    at = 8  # behind the file's mark and version
    while True:
        section = program[at]
        size, at = number_at(program, at + 1)
        if section == CODE_SECTION:
            break
        at += size
    count, at = number_at(program, at)
    functions = []
    for _ in range(count):
        size, at = number_at(program, at)
        functions.append(program[at : at + size])
        at += size
    return functions


def grams_of(functions: list[bytes]) -> list[set[bytes]]:
    """The short sequences of each function that it shares with a few others."""
    grams = [{one[at : at + GRAM_BYTES] for at in range(len(one) - GRAM_BYTES + 1)} for one in functions]
    used_by = collections.Counter(gram for own in grams for gram in own)
    return [{gram for gram in own if 2 <= used_by[gram] <= COMMONPLACE} for own in grams]


def good_order(functions: list[bytes]) -> list[int]:
    grams = grams_of(functions)
    owners = collections.defaultdict(list)
    for index, own in enumerate(grams):
        for gram in own:
            owners[gram].append(index)
    window, window_bytes = collections.deque(), 0
    in_window = collections.Counter()
    shared = [0] * len(functions)  # how many of its grams the window has
    left = dict.fromkeys(range(len(functions)))
    order = []
    while left:
        best = max(left, key=lambda index: (shared[index] / (len(grams[index]) + 8), -index))
        del left[best]
        order.append(best)
        window.append(best)
        window_bytes += len(functions[best])
        for gram in grams[best]:
            in_window[gram] += 1
            if in_window[gram] == 1:
                for owner in owners[gram]:
                    shared[owner] += 1
        while window_bytes > WINDOW_BYTES and len(window) > 1:
            oldest = window.popleft()
            window_bytes -= len(functions[oldest])
            for gram in grams[oldest]:
                in_window[gram] -= 1
                if in_window[gram] == 0:
                    for owner in owners[gram]:
                        shared[owner] -= 1
    return order


def in_order(text: str, order: list[int]) -> str:
    """The program in words, where every function begins a line and a closing bracket of its own ends it."""
    head, *functions = text.split("\n (func $")
    functions[-1], tail = functions[-1].split("\n )", 1)
    functions[-1] += "\n )"
    assert len(functions) == len(order)
    return "\n (func $".join([head, *(functions[index] for index in order)]) + tail


def in_good_order(disassemble: str, optimise: str, source: Path, output: Path) -> None:
    order = good_order(code_of(source.read_bytes()))
    with tempfile.TemporaryDirectory() as folder:
        words = Path(folder) / "program.wat"
        subprocess.run([disassemble, *FEATURES, source, "-o", words], check=True)
        words.write_text(in_order(words.read_text(), order))
        subprocess.run([optimise, *FEATURES, "-Oz", "--strip-debug", words, "-o", output], check=True)


if __name__ == "__main__":
    in_good_order(*sys.argv[1:3], *map(Path, sys.argv[3:]))
