// @ts-check
// A Chinese font of our own, for systems that have none. It is large, so it is fetched only there.

import { isSingleFile } from "./single_file.js";

const address = new URL("./fonts/han.woff2", import.meta.url).href;

/** False when there is none to be had. */
export async function fetchHanFont() {
  if (isSingleFile) return false;
  try {
    document.fonts.add(await new FontFace("Duibiao Han", `url("${address}")`).load());
    // For the next time, perhaps without a network (service_worker.js).
    void navigator.serviceWorker?.ready.then(({ active }) => active?.postMessage("font"));
    return true;
  } catch {
    return false;
  }
}
