#!/usr/bin/env python3
"""Makes the page one file that opens without a server.

  single_file.py DIST SCRIPT PROGRAM     DIST/duibiao.html, from DIST's page, its modules bundled to SCRIPT, and PROGRAM

The program stands in it as gzip in base 85. The browser runs nothing but the two scripts whose hashes stand at the top
of the file, and fetches nothing. Every element of the file bears data-own: a copy that the program makes of it
(web/single_file.js) leaves out what others, such as extensions, have put in between.
"""

import base64
import hashlib
import pathlib
import re
import subprocess
import sys


def letters(content: bytes) -> str:
    return base64.b64encode(content).decode()


def dense_letters(content: bytes) -> str:
    """Base 85, 6 % less than base 64, with nothing that HTML reads: web/single_file.js has the same letters."""
    return base64.b85encode(content).decode().translate(str.maketrans("&<>`", ",.:["))


def packed(program: pathlib.Path) -> bytes:
    """gzip as small as it gets: every browser unpacks it, and nobody waits for the packing but once."""
    return subprocess.run(["zopfli", "-c", "--i5", program], check=True, capture_output=True).stdout


def digest(script: str) -> str:
    return f"'sha256-{letters(hashlib.sha256(script.encode()).digest())}'"


def policy(scripts: list[str], style: str) -> str:
    hashes = " ".join(digest(script) for script in scripts)
    return (
        f"default-src 'none'; script-src {hashes} 'wasm-unsafe-eval'; style-src {digest(style)}; "
        "img-src data: blob:; form-action 'none'; base-uri 'none'"
    )


def make(dist: pathlib.Path, bundle: pathlib.Path, wasm: pathlib.Path) -> str:
    read = lambda path: path.read_text(encoding="utf-8").strip()  # noqa: E731
    check, main = read(dist / "check.js"), read(bundle)
    style = read(dist / "style.css") + "\n" + read(dist / "print.css")
    program = dense_letters(packed(wasm))
    for text, end in ((check, "</script"), (main, "</script"), (style, "</style")):
        assert end not in text.lower(), end

    page = read(dist / "index.html")
    page = re.sub(r'content="default-src[^"]*"', lambda _: f'content="{policy([check, main], style)}"', page)
    # Links and scripts name files, but for the icon.
    page = re.sub(r' *<(?!link rel="icon")(link|script)\b[^>]*>(</script>)?\n', "", page)
    page = page.replace("  </head>", f"    <style>{style}</style>\n  </head>")
    body = (
        f'    <script type="text/plain" id="program">{program}</script>\n'
        '    <script type="text/plain" id="carried"></script>\n'
        f"    <script>{check}</script>\n"
        f'    <script type="module">{main}</script>\n'
        "  </body>"
    )
    page = page.replace("  </body>", body)
    return re.sub(r"^    <(\w+)", r"    <\1 data-own", page, flags=re.MULTILINE) + "\n"


if __name__ == "__main__":
    folder, script, program = map(pathlib.Path, sys.argv[1:])
    (folder / "duibiao.html").write_text(make(folder, script, program), encoding="utf-8", newline="\n")
