// @ts-check
// Wheel, touch and the mouse over fields. SDL hears the mouse on the canvas; all else that moves the page is heard
// here, in pixels, so that it scrolls as the browser would.

/** @typedef {import("./bridge.js").Bridge} Bridge */
/** @typedef {import("./mirror.js").Mirror} Mirror */

/** A finger that moves less is a tap. CSS pixels. */
const tapRadius = 10;
/** What is left of a flick's speed after a millisecond. */
const friction = 0.996;
/** A slower flick stands still. CSS pixels per millisecond. */
const slowest = 0.02;
/** A finger that stays longer presses. Milliseconds. */
const tapMilliseconds = 500;
/** The mouse events that browsers make of a tap come this late at most. */
const echoMilliseconds = 500;

/**
 * @param {Bridge} bridge
 * @param {HTMLCanvasElement} canvas
 * @param {Mirror} mirror
 */
export function listenToPointers(bridge, canvas, mirror) {
  followFinger(bridge);
  forwardWheel(bridge);
  forwardMouse(canvas, mirror);
  new Touch(bridge, canvas).listen();
}

/**
 * Tells C++ whether a finger is what points here.
 * @param {Bridge} bridge
 */
function followFinger(bridge) {
  const coarse = window.matchMedia("(pointer: coarse)");
  const tell = () => bridge.send("pointer", { coarse: coarse.matches });
  coarse.addEventListener("change", tell);
  if (coarse.matches) tell();
}

/** @param {Bridge} bridge */
function forwardWheel(bridge) {
  const wheel = (/** @type {WheelEvent} */ event) => {
    event.stopImmediatePropagation(); // SDL would count in steps
    if (event.ctrlKey || event.metaKey) return; // the browser's zoom
    event.preventDefault();
    const unit = event.deltaMode === 1 ? 20 : event.deltaMode === 2 ? innerHeight * 0.9 : 1;
    const sideways = event.shiftKey && event.deltaX === 0;
    const dx = (sideways ? event.deltaY : event.deltaX) * unit;
    const dy = (sideways ? 0 : event.deltaY) * unit;
    bridge.send("wheel", { x: event.clientX, y: event.clientY, dx, dy });
  };
  window.addEventListener("wheel", wheel, { capture: true, passive: false });
}

/**
 * Over an element the canvas does not feel the mouse; what is drawn under it still wants to know.
 * @param {HTMLCanvasElement} canvas
 * @param {Mirror} mirror
 */
function forwardMouse(canvas, mirror) {
  const isNode = (/** @type {EventTarget | null} */ target) => target instanceof Element && target.matches(".field, .over");
  const toCanvas = (/** @type {string} */ type, /** @type {MouseEvent} */ event) => {
    const { clientX, clientY, buttons, button } = event;
    canvas.dispatchEvent(new MouseEvent(type, { clientX, clientY, buttons, button }));
  };
  window.addEventListener("mousemove", (event) => isNode(event.target) && toCanvas("mousemove", event));
  window.addEventListener("mouseout", (event) => {
    if (isNode(event.target) && event.relatedTarget === null) toCanvas("mouseleave", event);
  });
  const leave = (/** @type {MouseEvent} */ event) => {
    if (event.target === canvas && isNode(event.relatedTarget)) event.stopImmediatePropagation();
  };
  window.addEventListener("mouseleave", leave, { capture: true });
  canvas.addEventListener("mousedown", (event) => mirror.pressedCanvas(event.clientX, event.clientY));
}

/**
 * One finger taps or scrolls, with inertia; two belong to the browser's zoom. A tap on the canvas becomes a click here:
 * browsers make one late, and none at all of some taps that follow a scroll.
 */
class Touch {
  #bridge;
  #canvas;
  /** @type {Map<number, {x: number, y: number}>} */
  #fingers = new Map();
  #start = { x: 0, y: 0 };
  #speed = { x: 0, y: 0 };
  #began = 0;
  #last = 0;
  #panning = false;
  #several = false;
  #flick = 0;
  #mutedUntil = 0;

  /**
   * @param {Bridge} bridge
   * @param {HTMLCanvasElement} canvas
   */
  constructor(bridge, canvas) {
    this.#bridge = bridge;
    this.#canvas = canvas;
  }

  listen() {
    const options = { capture: true };
    window.addEventListener("pointerdown", (event) => this.#down(event), options);
    window.addEventListener("pointermove", (event) => this.#move(event), options);
    window.addEventListener("pointerup", (event) => this.#up(event), options);
    window.addEventListener("pointercancel", (event) => this.#cancel(event), options);
    // SDL would take the touches for itself and forbid the browser's zoom.
    for (const type of ["touchstart", "touchmove", "touchend", "touchcancel"]) {
      window.addEventListener(type, (event) => event.stopImmediatePropagation(), options);
    }
    for (const type of ["mousemove", "mousedown", "mouseup", "click"]) {
      window.addEventListener(type, (event) => this.#muteEcho(event), options);
    }
    window.visualViewport?.addEventListener("resize", () => this.#allowNativePan());
  }

  /** Zoomed in, one finger moves the enlarged page, as everywhere. */
  #allowNativePan() {
    document.documentElement.classList.toggle("zoomed", (window.visualViewport?.scale ?? 1) > 1.05);
  }

  /** Browsers still make a click of what was understood here. @param {Event} event */
  #muteEcho(event) {
    if (event.timeStamp > this.#mutedUntil || !event.isTrusted) return;
    event.stopImmediatePropagation();
    event.preventDefault();
  }

  /** @param {PointerEvent} event */
  #down(event) {
    if (event.pointerType !== "touch") return;
    cancelAnimationFrame(this.#flick);
    this.#fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    this.#start = { x: event.clientX, y: event.clientY };
    this.#speed = { x: 0, y: 0 };
    this.#began = this.#last = event.timeStamp;
    this.#panning = false;
    this.#several = this.#fingers.size > 1;
    this.#mutedUntil = 0;
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const finger = this.#fingers.get(event.pointerId);
    if (!finger || this.#fingers.size !== 1) return;
    const { clientX: x, clientY: y } = event;
    if (!this.#panning && Math.hypot(x - this.#start.x, y - this.#start.y) < tapRadius) return;
    if (!this.#panning && selectsText()) return;
    this.#panning = true;
    const elapsed = Math.max(1, event.timeStamp - this.#last);
    const blend = Math.min(1, elapsed / 40);
    this.#speed.x += (blend * (finger.x - x)) / elapsed - blend * this.#speed.x;
    this.#speed.y += (blend * (finger.y - y)) / elapsed - blend * this.#speed.y;
    this.#last = event.timeStamp;
    this.#scroll(finger.x - x, finger.y - y);
    this.#fingers.set(event.pointerId, { x, y });
  }

  /** @param {PointerEvent} event */
  #up(event) {
    if (!this.#fingers.delete(event.pointerId)) return;
    if (this.#panning) {
      this.#mutedUntil = event.timeStamp + echoMilliseconds;
      if (event.timeStamp - this.#last < 60) this.#glide(performance.now());
      else this.#end();
      return;
    }
    const short = event.timeStamp - this.#began < tapMilliseconds;
    if (event.target === this.#canvas && short && !this.#several) {
      this.#mutedUntil = event.timeStamp + echoMilliseconds;
      this.#tap(event);
    }
    setTimeout(() => this.#end(), 200); // after the click, ours or the browser's
  }

  /** @param {PointerEvent} event */
  #tap({ clientX, clientY }) {
    for (const [type, buttons] of /** @type {const} */ ([["mousemove", 0], ["mousedown", 1], ["mouseup", 0]])) {
      this.#canvas.dispatchEvent(new MouseEvent(type, { clientX, clientY, buttons, bubbles: true }));
    }
  }

  /** @param {PointerEvent} event */
  #cancel(event) {
    if (this.#fingers.delete(event.pointerId)) this.#end();
  }

  /** Nothing hovers without a mouse. */
  #end() {
    if (this.#fingers.size === 0) this.#bridge.send("pointer_gone");
  }

  /**
   * @param {number} dx
   * @param {number} dy
   */
  #scroll(dx, dy) {
    this.#bridge.send("wheel", { x: this.#start.x, y: this.#start.y, dx, dy, touch: true });
  }

  /** @param {number} before */
  #glide(before) {
    this.#flick = requestAnimationFrame(() => {
      const now = performance.now();
      const elapsed = Math.min(50, now - before);
      const left = friction ** elapsed;
      this.#speed.x *= left;
      this.#speed.y *= left;
      this.#scroll(this.#speed.x * elapsed, this.#speed.y * elapsed);
      if (Math.hypot(this.#speed.x, this.#speed.y) > slowest) this.#glide(now);
      else this.#end();
    });
  }
}

/** True while the finger drags a selection in the text field in use. */
function selectsText() {
  const element = document.activeElement;
  if (!(element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement)) return false;
  return element.selectionStart !== element.selectionEnd && element.matches(":active");
}
