"""Serves one folder on 127.0.0.1: serve_folder.py FOLDER FIRST_PORT. Prints the address it got."""

import http.server
import sys
from functools import partial

PORTS_TO_TRY = 100


class Handler(http.server.SimpleHTTPRequestHandler):
    extensions_map = {
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript; charset=utf-8",
        ".mjs": "text/javascript; charset=utf-8",
        ".css": "text/css; charset=utf-8",
        ".html": "text/html; charset=utf-8",
        ".json": "application/json",
        ".webmanifest": "application/manifest+json",
        ".wasm": "application/wasm",
        ".svg": "image/svg+xml",
        ".png": "image/png",
        ".woff2": "font/woff2",
    }

    def end_headers(self) -> None:
        # As on a server for everybody (README.md): names stay the same from build to build, so browsers have to ask.
        self.send_header("Cache-Control", "no-cache")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


def main() -> None:
    folder, first_port = sys.argv[1], int(sys.argv[2])
    for port in range(first_port, first_port + PORTS_TO_TRY):
        try:
            server = http.server.ThreadingHTTPServer(("127.0.0.1", port), partial(Handler, directory=folder))
        except OSError:
            continue
        print(f"http://127.0.0.1:{server.server_port}/", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return
    sys.exit(f"no free port from {first_port} on")


main()
