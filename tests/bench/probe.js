// Runs in both pages before their own scripts: what they cannot be asked is noted here.
"use strict";

(() => {
  const nativeFrame = window.requestAnimationFrame.bind(window);
  const nativeMark = performance.mark.bind(performance);

  const probe = {
    /** Animation frames in which the page did something. */
    frames: 0,
    /** The page's own ready mark, and when that frame's style, layout and paint were done. */
    ready: 0,
    painted: 0,
    /** @type {WebAssembly.Memory | null} */
    wasmMemory: null,
    /** Event Timing entries of keydown: from the key to the frame presented; shorter ones than 16 ms are not told. */
    presented: [],
    /** Milliseconds from an input event to data-save="saved". */
    durable: [],
    watchPixels: null,
  };
  window.benchProbe = probe;
  probe.whenPainted = new Promise((resolve) => (probe.resolvePainted = resolve));

  /** A task of its own: called in an animation frame, it runs when that frame's rendering is done. */
  function soon(task) {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => task();
    channel.port2.postMessage(null);
  }

  performance.mark = (name, options) => {
    const mark = nativeMark(name, options);
    if (name === "duibiao-ready" || name === "peer-ready") {
      probe.ready = mark.startTime;
      soon(() => {
        probe.painted = performance.now();
        probe.resolvePainted();
      });
    }
    return mark;
  };

  let lastFrame = -1;
  window.requestAnimationFrame = (callback) =>
    nativeFrame((time) => {
      if (time !== lastFrame) ++probe.frames;
      lastFrame = time;
      callback(time);
      probe.watchPixels?.(time);
    });

  for (const name of ["instantiate", "instantiateStreaming"]) {
    const original = WebAssembly[name].bind(WebAssembly);
    WebAssembly[name] = async (...parameters) => {
      const result = await original(...parameters);
      const instance = result.instance ?? result;
      probe.wasmMemory = Object.values(instance.exports).find((one) => one instanceof WebAssembly.Memory) ?? null;
      return result;
    };
  }

  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.name === "keydown") probe.presented.push(entry.duration);
  }).observe({ type: "event", durationThreshold: 16 });

  // --- Edit to durable ----------------------------------------------------------------------------------------------
  let typedAt = 0;
  let wasSaving = false;
  window.addEventListener("input", (event) => (typedAt = event.timeStamp), { capture: true });
  document.addEventListener("DOMContentLoaded", () => {
    const root = document.documentElement;
    new MutationObserver((records) => {
      // "saving" and "saved" may both have been set since the last microtask.
      wasSaving ||= records.some((record) => record.oldValue === "saving");
      const state = root.getAttribute("data-save");
      if (state === "saving") wasSaving = true;
      if (state !== "saved" || !wasSaving || typedAt === 0) return;
      probe.durable.push(performance.now() - typedAt);
      typedAt = 0;
      wasSaving = false;
    }).observe(root, { attributes: true, attributeOldValue: true, attributeFilter: ["data-save"] });
  });

  // --- Key to paint -------------------------------------------------------------------------------------------------
  const frameLimit = 30;

  /** Waits for the next keydown and says in which animation frame after it, and after how many milliseconds, the
   * field's new text was painted. */
  probe.nextKey = () =>
    new Promise((resolve) => {
      const pressed = (event) => {
        const field = event.target;
        const before = field.value;
        const count = (frame) =>
          nativeFrame(() =>
            soon(() => {
              const typed = field.value !== before;
              if (typed || frame >= frameLimit) resolve({ frames: frame, milliseconds: performance.now() - event.timeStamp, typed });
              else count(frame + 1);
            }),
          );
        count(1);
      };
      window.addEventListener("keydown", pressed, { capture: true, once: true });
    });

  /** Waits for the next keydown and says in which animation frame after it the canvas changed inside a box. */
  probe.nextChange = (canvas, box) =>
    new Promise((resolve) => {
      const density = canvas.width / canvas.clientWidth;
      const [x, y, width, height] = [box.x, box.y, box.width, box.height].map((side) => Math.round(side * density));
      const read = () => {
        const paper = document.querySelector("#cover") ?? canvas;
        if (document.documentElement.dataset.drawing === "cpu") return paper.getContext("2d").getImageData(x, y, width, height).data;
        const gl = canvas.getContext("webgl2");
        const pixels = new Uint8Array(width * height * 4);
        gl.readPixels(x, canvas.height - y - height, width, height, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
        return pixels;
      };
      const look = () => read().reduce((hash, byte) => (hash * 31 + byte) | 0, 7);
      let before = null;
      const times = [];
      let changed = false;
      const pressed = () => {
        const count = () =>
          nativeFrame((time) => {
            times.push(time);
            if (!changed && times.length < frameLimit) count();
          });
        count();
        probe.watchPixels = (time) => {
          if (look() === before) return;
          changed = true;
          probe.watchPixels = null;
          // The page's own callback may have come before the counting one of the same frame.
          resolve(times.filter((earlier) => earlier < time).length + 1);
        };
        setTimeout(() => resolve(frameLimit), 5000);
      };
      // The first drawn frame gives the picture to compare with.
      probe.watchPixels = () => {
        before = look();
        probe.watchPixels = null;
        window.addEventListener("keydown", pressed, { capture: true, once: true });
        probe.armed?.();
      };
    });
})();
