// @ts-check
// Keeps every file of the page in the browser, so that it opens without a network from the second visit on. One version
// is kept as a whole or not at all; files of two versions never meet in one page.

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
/** The page's files, each with the first half of its SHA-256. Written in by the build. @type {Record<string, string>} */
const files = /** @type {any} */ (self).files;
/** A name for just these files with just this content. Written in by the build. @type {string} */
const version = /** @type {any} */ (self).version;

const scope = new URL(worker.registration.scope);
/** Other pages of the same host have caches, too, and so has this one under another path. */
const cachePrefix = `duibiao:${scope.pathname}:`;
const cacheName = cachePrefix + version;
/** A page whose files the server sent as another kind would not start. */
const kinds = { html: "text/html", css: "text/css", js: "javascript" };
/** Fetched only where the system has no Chinese font (han_font.js), and kept from then on. */
const font = "fonts/han.woff2";
/** Fetched when somebody first wants Word, Excel or an e-mail (office.js), and kept from then on. */
const office = ["office.js", "desk_worker.js", "duibiao_office.js", "duibiao_office.wasm"];
/** Fetched when somebody first collects from others or makes a form (parts.js), and kept from then on. */
const desk = "duibiao_desk.wasm";
const later = [font, desk, ...office];
/** The browser threw files away that the server no longer has: until there is a new worker, all comes from the server. */
let abandoned = false;

worker.addEventListener("install", (event) => event.waitUntil(install()));
// A tab counts from its first visit on: no version gives way to the next while a tab of it is open.
worker.addEventListener("activate", (event) => event.waitUntil(Promise.all([removeOldVersions(), worker.clients.claim()])));
worker.addEventListener("fetch", (event) => {
  const name = nameOf(event.request);
  if (name && !abandoned) event.respondWith(answer(event.request, name));
});
// The user agreed, and everything is saved (offline.js).
worker.addEventListener("message", (event) => {
  if (event.data === "take") void worker.skipWaiting();
  if (event.data === "font") event.waitUntil(caches.open(cacheName).then((cache) => bring(cache, font)));
});

/** All or nothing; what was brought before the network went away is there for the next attempt. */
async function install() {
  const cache = await caches.open(cacheName);
  const used = await Promise.all(later.map(async (name) => (await find(caches, name)) !== undefined));
  const unused = later.filter((_, index) => !used[index]);
  const names = Object.keys(files).filter((name) => !unused.includes(name));
  const brought = await Promise.allSettled(names.map((name) => bring(cache, name)));
  const failed = brought.find((one) => one.status === "rejected");
  if (failed) throw failed.reason;
}

async function removeOldVersions() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(cachePrefix) && name !== cacheName);
  await Promise.all(old.map((name) => caches.delete(name)));
}

/**
 * The page's file that a request is for. Whatever else lies under the same path is none of the worker's business.
 * @param {Request} request
 */
function nameOf(request) {
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== scope.origin || !pathname.startsWith(scope.pathname)) return "";
  const name = pathname.slice(scope.pathname.length) || "index.html";
  return Object.hasOwn(files, name) ? name : "";
}

/**
 * @param {Request} request
 * @param {string} name
 */
async function answer(request, name) {
  const cache = await caches.open(cacheName);
  const kept = await find(cache, name);
  if (kept) return kept;
  try {
    await bring(cache, name);
    return /** @type {Response} */ (await find(cache, name));
  } catch {
    if (name === font) return fetch(request);
    return later.includes(name) ? Response.error() : startOver(request);
  }
}

/**
 * A file is gone, and the server has no such file any more: the next visit is a first one again. A page that had begun
 * already says to reload. Without a network everything stays as it is, for a better day.
 * @param {Request} request
 */
async function startOver(request) {
  const current = await fetch(request);
  abandoned = true;
  await worker.registration.unregister();
  return request.mode === "navigate" ? current : Response.error();
}

/**
 * @param {Cache | CacheStorage} cache
 * @param {string} name
 */
function find(cache, name) {
  return cache.match(addressOf(name), { ignoreVary: true });
}

/** @param {string} name */
function addressOf(name) {
  return new URL(name, scope).href;
}

/**
 * Puts a file into the cache, from wherever it can be had with the right content: an earlier attempt, an older version,
 * what the browser still has of loading the page, the server.
 * @param {Cache} cache
 * @param {string} name
 */
async function bring(cache, name) {
  const address = addressOf(name);
  // As the page is mostly asked for.
  const loadedFrom = name === "index.html" ? [scope.href, address] : [address];
  const sources = [
    () => find(cache, name),
    () => find(caches, name),
    ...loadedFrom.map((at) => () => fetch(at, { cache: "only-if-cached", mode: "same-origin" })),
    () => fetch(address),
    () => fetch(address, { cache: "reload" }),
  ];
  for (const source of sources) {
    const response = await source().catch(() => undefined);
    if (!response || !(await isRight(response.clone(), name).catch(() => false))) continue;
    // Browsers refuse a page that was led elsewhere, as some hosts do with index.html.
    const { body, headers } = response;
    const isOwn = response.url === address && !response.redirected;
    return cache.put(address, isOwn ? response : new Response(body, { headers }));
  }
  throw new Error(name);
}

/**
 * @param {Response} response
 * @param {string} name
 */
async function isRight(response, name) {
  const kind = /** @type {Record<string, string>} */ (kinds)[name.slice(name.lastIndexOf(".") + 1)] ?? "";
  if (response.status !== 200 || !(response.headers.get("content-type") ?? "").includes(kind)) return false;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await response.arrayBuffer()));
  return [...digest.subarray(0, 16)].map((byte) => byte.toString(16).padStart(2, "0")).join("") === files[name];
}
