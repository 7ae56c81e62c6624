// @ts-check
// Tells users of a browser that is too old what to do, and when part of the page did not arrive. In the JavaScript of old browsers, as the page's own modules
// would not even be read there.
(function () {
  var fit =
    typeof WebAssembly === "object" &&
    typeof ResizeObserver === "function" &&
    "noModule" in HTMLScriptElement.prototype;
  // The page as one file unpacks itself.
  if (document.getElementById("program") && typeof DecompressionStream !== "function") fit = false;
  try {
    // Private members are the newest thing in the modules' language.
    if (!CSS.supports("clip-path", "inset(0)") || !("inert" in document.body || "replaceChildren" in document.body)) {
      fit = false;
    }
  } catch (error) {
    fit = false;
  }
  var notice = /** @type {HTMLElement} */ (document.getElementById("notice"));
  if (!fit) {
    document.documentElement.setAttribute("data-unfit", "");
    notice.textContent = notice.getAttribute("data-unfit");
    return;
  }
  // A module that is missing, cut off or of the wrong kind.
  var tell = function (/** @type {Event} */ event) {
    var script = event.target;
    if (script instanceof HTMLScriptElement) notice.textContent = notice.getAttribute("data-incomplete");
  };
  window.addEventListener("error", tell, true);
})();
