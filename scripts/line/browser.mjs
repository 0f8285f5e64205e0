// @ts-check
// Which Chromium is driven, by the demo and by the tests.

/** Debian's, unless CHROMIUM names another. */
export const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** Root has no sandbox to use, and none of this needs Chromium to talk to its makers. */
export const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--disable-quic",
];
