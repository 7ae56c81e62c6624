// A static server for one page on 127.0.0.1. The program and its peer get the same one, so the same headers, the same
// compression (level 9, made beforehand) and the same answer to a second question (304).

import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { extname } from "node:path";
import { gzipSync } from "node:zlib";

/** @typedef {{path: string, raw: number, gzip: number, status: number}} Sent */

const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".png": "image/png",
};

export class Site {
  /** Everything sent since it was last emptied. @type {Sent[]} */
  sent = [];
  #files = new Map();
  #server = createServer((request, response) => this.#answer(request, response));

  /** @param {Map<string, Buffer>} files by path without the first slash */
  constructor(files) {
    for (const [path, raw] of files) {
      const packed = gzipSync(raw, { level: 9 });
      const tag = `"${createHash("sha256").update(raw).digest("hex").slice(0, 16)}"`;
      const type = /** @type {Record<string, string>} */ (types)[extname(path)] ?? "application/octet-stream";
      this.#files.set(path, { raw, packed, tag, type });
    }
  }

  /** @returns {Promise<void>} */
  open() {
    return new Promise((done) => this.#server.listen(0, "127.0.0.1", () => done()));
  }

  close() {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  get origin() {
    const address = this.#server.address();
    return `http://127.0.0.1:${address && typeof address === "object" ? address.port : 0}/`;
  }

  /** @param {import("node:http").IncomingMessage} request @param {import("node:http").ServerResponse} response */
  #answer(request, response) {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname).slice(1) || "index.html";
    const file = this.#files.get(path);
    if (!file) {
      this.sent.push({ path, raw: 0, gzip: 0, status: 404 });
      response.writeHead(404).end();
      return;
    }
    const headers = { "Cache-Control": "no-cache", ETag: file.tag, Vary: "Accept-Encoding" };
    if (request.headers["if-none-match"] === file.tag) {
      this.sent.push({ path, raw: 0, gzip: 0, status: 304 });
      response.writeHead(304, headers).end();
      return;
    }
    this.sent.push({ path, raw: file.raw.length, gzip: file.packed.length, status: 200 });
    response.writeHead(200, {
      ...headers,
      "Content-Type": file.type,
      "Content-Encoding": "gzip",
      "Content-Length": file.packed.length,
    });
    response.end(file.packed);
  }
}
