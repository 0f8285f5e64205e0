/** How long a reader is under way. Nothing is asserted of it: it is told. */
import type { Timing } from "./reader.js";

const seconds = (timings: readonly Timing[]) =>
  `${(timings.reduce((sum, { ms }) => sum + ms, 0) / 1_000).toFixed(1)} s`;

/**
 * @param timings in the order of the guide
 * @param live the title of the section at whose end the page is live
 */
export function summary(timings: readonly Timing[], live: string): string {
  const own = timings.filter(({ installs }) => !installs);
  const end = own.findLastIndex(({ section }) => section === live);
  const installing = seconds(timings.filter(({ installs }) => installs));
  return `${seconds(own.slice(0, end + 1))} to the live page, ${seconds(own)} in all; besides, ${installing} of installing packages`;
}

/** One line a step that took a tenth of a second or more. */
export function table(timings: readonly Timing[]): string {
  return timings
    .filter(({ ms }) => ms >= 100)
    .map((timing) => `${seconds([timing]).padStart(8)}  ${timing.section} | ${timing.what}`)
    .join("\n");
}
