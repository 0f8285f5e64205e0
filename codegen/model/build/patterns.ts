import { translateRegex } from "../../regex/translate.js";
import type { Finding } from "./building.js";

/** What is wrong with a regular expression. */
export function patternFindings(pattern: RegExp, _userWritten: boolean): readonly Finding[] {
  const translation = translateRegex(pattern);
  if (translation.ok) return [];
  return [
    {
      code: "SB1402",
      message: `${pattern}: ${translation.why}, at character ${translation.offset + 1} of the pattern, cannot be said in Ruby`,
    },
  ];
}
