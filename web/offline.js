// @ts-check
// Has the page kept for times without a network (service_worker.js), and tells when a new version of it is here. It is
// taken when the user says so and everything is saved.

import { isSingleFile } from "./single_file.js";

/** @typedef {import("./bridge.js").Bridge} Bridge */

/**
 * @param {Bridge} bridge
 * @param {() => void} flush brings what the fields hold to C++ and from there to storage
 */
export function serveOffline(bridge, flush) {
  /** @type {ServiceWorkerRegistration | undefined} */
  let registration;
  let asked = false;

  /** @param {"ready" | "elsewhere" | "unsaved"} state */
  const tell = (state) => bridge.send("update", { state });

  /** The page comes back as the version that is in force then. */
  async function goOn() {
    asked = false;
    if (await allSaved(flush)) location.reload();
    else tell("unsaved");
  }

  async function take() {
    if (asked) return;
    // The input method's unfinished word belongs to the text, too.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    const waiting = registration?.waiting;
    if (!waiting) return goOn(); // another tab has taken it
    asked = true;
    if (await allSaved(flush)) return waiting.postMessage("take");
    asked = false;
    tell("unsaved");
  }

  /** @param {ServiceWorker | null} worker a version on its way */
  function follow(worker) {
    if (!worker || !registration) return;
    const isUpdate = registration.active !== null;
    const look = () => {
      if (!isUpdate) return;
      if (worker.state === "installed") tell("ready");
      if (worker.state === "activated") void (asked ? goOn() : tell("elsewhere"));
      if (worker.state === "redundant") asked = false; // there is a newer one still
    };
    worker.addEventListener("statechange", look);
    look();
  }

  /** @param {"ready" | "refused" | "file"} state */
  const tellOffline = (state) => bridge.send("offline", { state });

  async function start() {
    if (isSingleFile) return tellOffline("file");
    const workers = window.isSecureContext ? navigator.serviceWorker : undefined;
    if (!workers) return tellOffline("refused");
    void workers.ready.then(() => tellOffline("ready"));
    try {
      registration = await workers.register(new URL("./service_worker.js", import.meta.url), { updateViaCache: "none" });
    } catch {
      return; // The page works as it is; the next visit tries again.
    }
    registration.addEventListener("updatefound", () => follow(registration?.installing ?? null));
    follow(registration.waiting);
    follow(registration.installing);
  }

  // Later, as C++ is still in its frame and could not take what the fields hold.
  bridge.on("take_update", () => void setTimeout(() => void take(), 0));
  return start;
}

/**
 * Saves what is being typed; false when it cannot be saved.
 * @param {() => void} flush
 * @returns {Promise<boolean>}
 */
function allSaved(flush) {
  flush();
  return new Promise((resolve) => {
    const root = document.documentElement;
    const look = () => {
      const state = root.getAttribute("data-save");
      if (state === "saving") return;
      observer.disconnect();
      resolve(state === "saved");
    };
    const observer = new MutationObserver(look);
    observer.observe(root, { attributes: true, attributeFilter: ["data-save"] });
    look();
  });
}
