// @ts-check
// What shows the page: WebGL, or a 2D canvas that gets finished pixels from C++. Here is decided which.

/** @typedef {import("./bridge.js").Bridge} Bridge */

/** Names of what pretends to be a graphics card; drawing triangles with a processor, it is slower than our own code. */
const software = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/** For support: `?drawing=cpu` or `?drawing=webgl` in the page's address says what is used. */
const asked = new URLSearchParams(location.search).get("drawing");

export class Surface {
  #bridge;
  #canvas;
  /** Where finished pixels go. @type {CanvasRenderingContext2D | null} */
  #paper = null;

  /**
   * @param {Bridge} bridge
   * @param {HTMLCanvasElement} canvas
   */
  constructor(bridge, canvas) {
    this.#bridge = bridge;
    this.#canvas = canvas;
    canvas.addEventListener("webglcontextlost", () => this.#lose());
    canvas.addEventListener("contextrestored", () => this.#bridge.send("picture_lost"));
    if (asked === "cpu" || !openWebGl(canvas)) this.#openPaper();
    this.#tell();
  }

  /** Asked by C++ when it starts. */
  get hasWebGl() {
    return this.#paper === null;
  }

  /** Graphics drivers start anew, and browsers take contexts away. Nothing waits for another one. */
  #lose() {
    if (this.#paper) return;
    this.#openPaper();
    this.#tell();
    this.#bridge.send("context_lost");
  }

  #tell() {
    document.documentElement.dataset["drawing"] = this.#paper ? "cpu" : "webgl";
  }

  #openPaper() {
    this.#paper = openPlain(this.#canvas) ?? openPlain(this.#cover());
  }

  /** A canvas that has had WebGL has nothing else ever: another one lies over it and lets the mouse through. */
  #cover() {
    const cover = document.createElement("canvas");
    cover.id = "cover";
    cover.setAttribute("aria-hidden", "true");
    cover.addEventListener("contextrestored", () => this.#bridge.send("picture_lost"));
    this.#canvas.after(cover);
    return cover;
  }

  /**
   * Shows rows of finished pixels. Called by C++.
   * @param {number} address
   * @param {number} width the canvas'
   * @param {number} top
   * @param {number} rows
   */
  show(address, width, top, rows) {
    const paper = this.#paper;
    if (!paper) return;
    for (const side of /** @type {const} */ (["width", "height"])) {
      if (paper.canvas[side] !== this.#canvas[side]) paper.canvas[side] = this.#canvas[side];
    }
    // The program's memory moves when it grows, so nothing of this is kept.
    const memory = /** @type {ArrayBuffer} */ (this.#bridge.heap.buffer);
    const pixels = new Uint8ClampedArray(memory, address >>> 0, width * rows * 4);
    paper.putImageData(new ImageData(pixels, width, rows), 0, top);
  }
}

/**
 * Without `willReadFrequently`: nobody reads, and showing takes sixty times as long with it.
 * @param {HTMLCanvasElement} canvas
 */
function openPlain(canvas) {
  return canvas.getContext("2d", { alpha: false });
}

/**
 * The canvas' WebGL, where there is one that does not cost more than it brings.
 * @param {HTMLCanvasElement} canvas
 */
function openWebGl(canvas) {
  const gl = canvas.getContext("webgl2", {
    alpha: false,
    antialias: false,
    depth: false,
    stencil: false,
    powerPreference: "low-power",
    // Most browsers know of software themselves, and need not make a context to say so.
    failIfMajorPerformanceCaveat: asked !== "webgl",
  });
  if (!gl || asked === "webgl" || !software.test(nameOf(gl))) return gl;
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  return null;
}

/** @param {WebGL2RenderingContext} gl */
function nameOf(gl) {
  const details = gl.getExtension("WEBGL_debug_renderer_info");
  return String(gl.getParameter(details ? details.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
}
