import type { Group } from "./group.js";

const halves = ['"\\ud800"', '"\\udc00a"', '"a\\ud83d"', '"\\udc00\\ud800"'];
// zod throws here: it compares the length with a number.
const hiddenLength = '{"length":{"valueOf":1,"toString":2}}';
const infinite = ["1e400", "-1e400", "1e309"];

/** Documents that no side may let pass, whatever zod would say: half surrogate pairs, infinities, more than 100 levels,
 * what zod throws at. */
export const outside: readonly Group[] = [
  { schema: "z.string()", documents: halves },
  {
    schema: "z.any()",
    documents: [
      ...halves,
      ...infinite,
      ...halves.map((half) => `{${half}:1}`),
      ...halves.map((half) => `[${half}]`),
    ],
  },
  { schema: "z.json()", documents: [...halves, ...infinite, "[[1e400]]"] },
  { schema: "z.number()", documents: infinite },
  { schema: "z.string().min(1)", documents: [hiddenLength] },
  { schema: "z.object({ a: z.array(z.int()).max(3) })", documents: [`{"a":${hiddenLength}}`] },
  { schema: "z.union([z.string(), z.any()])", documents: [...halves, ...infinite] },
  { schema: "z.record(z.string(), z.any())", documents: halves.map((half) => `{${half}:1}`) },
  {
    schema: "z.unknown()",
    documents: [
      "[".repeat(101) + "]".repeat(101),
      `${'{"a":'.repeat(101)}1${"}".repeat(101)}`,
      "[".repeat(5_000) + "]".repeat(5_000),
    ],
  },
  {
    schema: "(() => { const T = z.lazy(() => z.array(T)); return T; })()",
    documents: ["[".repeat(101) + "]".repeat(101), "[".repeat(1_000) + "]".repeat(1_000)],
  },
];
