import type { Random } from "./random.js";

/** Added to strings: what one engine forgets and the other does not. */
const TAILS = [
  "\n",
  "\r\n",
  "\u2028",
  "\u00a0",
  "\ufeff",
  "\u0000",
  "\u0085",
  " ",
  "😀",
  "é",
  "e\u0301",
  "ß",
  "İ",
  "K",
];

function spellCharacter(character: string, random: Random): string {
  const escaped = JSON.stringify(character).slice(1, -1);
  if (!random.chance(0.03)) return escaped;
  return Array.from({ length: character.length }, (_, index) => {
    const hex = character.charCodeAt(index).toString(16).padStart(4, "0");
    return `\\u${random.chance(0.5) ? hex : hex.toUpperCase()}`;
  }).join("");
}

function spellString(text: string, random: Random, varied: boolean): string {
  let varying = text;
  if (varied && random.chance(0.06)) varying += random.pick(TAILS);
  if (varied && random.chance(0.02)) varying = random.pick(TAILS) + varying;
  if (varied && random.chance(0.02))
    varying = random.chance(0.5) ? varying.toUpperCase() : varying.toLowerCase();
  return `"${[...varying].map((character) => spellCharacter(character, random)).join("")}"`;
}

/** Other texts for one double, and now and then for one next to it. */
function spellNumber(value: number, random: Random): string {
  const text = Object.is(value, -0) ? "-0" : String(value);
  if (random.chance(0.7)) return text;
  const plain = /^-?\d+$/.test(text);
  const forms = [
    () => (plain ? `${text}.0` : text),
    () => (plain ? `${text}e0` : text),
    () => (plain && value !== 0 ? `${text}0e-1` : text),
    () => (plain ? `${text}.${"0".repeat(20)}` : text),
    () => (value === 0 ? "-0" : text),
    () => (value === 0 ? "-0.0" : text),
    () => (/^-?\d+\.\d+$/.test(text) ? `${text}${"0".repeat(8)}` : text),
    () => (/^-?\d+\.\d+$/.test(text) ? `${text}00000000000000001` : text),
    () => random.pick(["9007199254740991", "9007199254740992", "9007199254740993", "-9007199254740993"]),
    () =>
      random.pick(["123456789012345678901", "1e21", "1E+2", "1.7976931348623157e308", "5e-324", "1e-400"]),
  ];
  return random.pick(forms)();
}

/**
 * JSON text of a value, with numbers and strings spelled in other ways than `JSON.stringify` would: escapes, `5.0`,
 * `50e-1`, `-0`, more digits than a double holds. Not every spelling keeps the value; all testees get the same text.
 */
export function spell(value: unknown, random: Random): string {
  if (typeof value === "string") return spellString(value, random, true);
  if (typeof value === "number") return spellNumber(value, random);
  if (Array.isArray(value)) {
    return `[${value.map((item) => spell(item, random)).join(random.chance(0.1) ? " , " : ",")}]`;
  }
  if (value instanceof Map) {
    const members = [...value].map(
      ([key, member]) => `${spellString(key, random, random.chance(0.02))}:${spell(member, random)}`,
    );
    if (members.length > 0 && random.chance(0.01)) members.push(random.pick(members));
    return `{${members.join(",")}}`;
  }
  return JSON.stringify(value);
}
