// @ts-check
// Tells C++ the system's own colours where its user wants no others (Windows contrast themes, CSS forced-colors).

/** The properties of style.css that hold them. */
const names = ["Canvas", "CanvasText", "LinkText", "GrayText", "Highlight", "HighlightText"];

/**
 * @param {string} rgb as computed styles have it: "rgb(0, 0, 0)"
 * @returns {number} 0xRRGGBB
 */
function numberOf(rgb) {
  const [red = 0, green = 0, blue = 0] = (rgb.match(/\d+/g) ?? []).map(Number);
  return (red << 16) | (green << 8) | blue;
}

/** @returns {Record<string, number>} */
function systemColours() {
  const probe = document.createElement("span");
  probe.className = "probe";
  document.body.append(probe);
  const colours = names.map((name) => {
    probe.style.color = `var(--system-${name})`;
    return [name, numberOf(getComputedStyle(probe).color)];
  });
  probe.remove();
  return Object.fromEntries(colours);
}

/** @param {import("./bridge.js").Bridge} bridge */
export function followContrast(bridge) {
  const forced = window.matchMedia("(forced-colors: active)");
  let told = "";
  const look = () => {
    const message = forced.matches ? { forced: true, ...systemColours() } : { forced: false };
    if (told === JSON.stringify(message)) return;
    if (told || forced.matches) bridge.send("colours", message);
    told = JSON.stringify(message);
  };
  forced.addEventListener("change", look);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", look);
  // From one contrast theme to the next nothing is told; but the user comes back from the system's settings.
  window.addEventListener("focus", () => forced.matches && look());
  look();
}
