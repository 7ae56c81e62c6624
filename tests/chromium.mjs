// Which browser the tests and the benches start, and how.

export const browserPath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

/** Off: what the browser opens behind its address bar, a third of its start; the others as Playwright has them. */
const features = [
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "HttpsUpgrades",
  "PaintHolding",
  "WebUIOmniboxAimPopup",
  "WebUIOmniboxPopup",
];

export const browserArguments = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  `--disable-features=${features.join(",")}`,
  "--use-angle=swiftshader-webgl", // as on a computer without a graphics card: no other drawing goes through WebGL
  "--enable-unsafe-swiftshader",
];
