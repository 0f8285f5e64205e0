import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { difference, sameJson } from "../compare.js";
import type { Verdict } from "../protocol.js";
import { rubyModule } from "../ruby-modules.js";
import { rubyTestee, type Testee, temporaryFolder, typeScriptTestee } from "../testee.js";
import type { Sketch } from "./leaves.js";
import { Random } from "./random.js";
import { schemas } from "./schemas.js";
import { spell } from "./spelling.js";

export interface CampaignOptions {
  readonly seed: number;
  /** Ends after so many documents … */
  readonly documents: number;
  /** … or after so many milliseconds. */
  readonly milliseconds?: number;
  /** Told now and then how many documents there were. */
  readonly progress?: (documents: number) => void;
  /** Changes the generated Ruby before it is loaded: what the mutation tests do. */
  readonly mutate?: (rubySource: string) => string;
}

export interface CampaignReport {
  readonly documents: number;
  /** Documents that zod accepts. */
  readonly accepted: number;
  readonly schemas: number;
  /** Schemas that codegen refuses. */
  readonly refused: number;
  /** The first disagreement, shrunk by fast-check, or null. */
  readonly disagreement: string | null;
}

const DOCUMENTS_PER_SCHEMA = 60;

/**
 * The two properties of `docs/parity.md`, on random schemas and random documents: one verdict with the same paths and
 * codes, and an output that is zod's and that the gateway takes as it is.
 */
export async function campaign(options: CampaignOptions): Promise<CampaignReport> {
  const [zod, gateway] = await Promise.all([typeScriptTestee("zod"), typeScriptTestee("gateway")]);
  const ruby = rubyTestee();
  const folder = await temporaryFolder();
  const count = { documents: 0, accepted: 0, schemas: 0, refused: 0 };
  const began = Date.now();
  const enough = () =>
    count.documents >= options.documents ||
    Date.now() - began >= (options.milliseconds ?? Number.POSITIVE_INFINITY);

  async function tryOut(sketch: Sketch, seed: number): Promise<void> {
    if (enough()) return;
    const name = `Case${count.schemas + 1}`;
    const module = rubyModule(name, sketch.source);
    count.schemas += 1;
    if ("refused" in module) {
      count.refused += 1;
      return;
    }
    const file = join(folder, `${name}.rb`);
    await writeFile(file, options.mutate?.(module.source) ?? module.source);
    const request = { schemas: { it: sketch.source }, ruby: { file, modules: { it: module.constant } } };
    await Promise.all([zod, gateway, ruby].map((testee) => testee.load(request)));
    await rm(file);

    const random = new Random(seed);
    const documents = Array.from({ length: DOCUMENTS_PER_SCHEMA }, () => spell(sketch.value(random), random));
    const [fromZod, fromGateway, fromRuby] = await Promise.all(
      [zod, gateway, ruby].map((testee) => testee.check("it", documents)),
    );
    count.documents += documents.length;
    count.accepted += fromZod?.filter((verdict) => "valid" in verdict && verdict.valid).length ?? 0;
    const found = [
      ...disagreements(
        "the gateway",
        documents,
        fromZod ?? [],
        (fromGateway ?? []).map(withProto(fromZod ?? [])),
      ),
      ...disagreements("Ruby", documents, fromZod ?? [], fromRuby ?? []),
      ...(await changedAgain(gateway, documents, fromRuby ?? [])),
    ].sort((a, b) => a.length - b.length);
    if (found[0] !== undefined) throw new Error(`${sketch.source}\n${found[0]}`);
  }

  let disagreement: string | null = null;
  try {
    // Each round is a run of its own, so that a long campaign does not hold everything that it has seen.
    for (let round = 0; !enough() && disagreement === null; round += 1) {
      const result = await fc.check(
        fc.asyncProperty(schemas, fc.integer({ min: 0, max: 2 ** 31 - 1 }), tryOut),
        { seed: options.seed + round, numRuns: 200, endOnFailure: false, interruptAfterTimeLimit: 600_000 },
      );
      options.progress?.(count.documents);
      if (result.failed) {
        disagreement = `seed ${options.seed + round}\n${result.errorInstance instanceof Error ? result.errorInstance.message : String(result.errorInstance)}`;
      }
    }
  } finally {
    await Promise.all([zod, gateway, ruby].map((testee) => testee.stop()));
    await rm(folder, { recursive: true });
  }
  return { ...count, disagreement };
}

function disagreements(
  who: string,
  documents: readonly string[],
  expected: readonly Verdict[],
  actual: readonly Verdict[],
): string[] {
  return documents.flatMap((document, index) => {
    const zod = expected[index];
    const testee = actual[index];
    if (!zod || !testee) return [`${who} gave no verdict on ${document}`];
    const found = difference(zod, testee, { messages: true });
    return found === null ? [] : [`${document}\n${who}: ${found}`];
  });
}

/** The gateway also drops `__proto__` from values of any kind; apart from that its output is zod's. */
function withProto(zod: readonly Verdict[]): (verdict: Verdict, index: number) => Verdict {
  return (verdict, index) => {
    const own = zod[index];
    if (!own || !("wire" in own) || !("wire" in verdict) || !own.wire.includes("__proto__")) return verdict;
    return sameJson(withoutProto(own.wire), verdict.wire) ? own : verdict;
  };
}

function withoutProto(text: string): string {
  return JSON.stringify(JSON.parse(text, (key, value) => (key === "__proto__" ? undefined : value)));
}

/** What Ruby wrote must pass the gateway and come out the same. */
async function changedAgain(
  gateway: Testee,
  documents: readonly string[],
  fromRuby: readonly Verdict[],
): Promise<string[]> {
  const written = fromRuby.flatMap((verdict, index) =>
    "wire" in verdict ? [{ wire: verdict.wire, document: documents[index] ?? "" }] : [],
  );
  const again = await gateway.check(
    "it",
    written.map(({ wire }) => wire),
  );
  return written.flatMap(({ wire, document }, index) => {
    const verdict = again[index];
    if (verdict && "wire" in verdict && sameJson(withoutProto(wire), verdict.wire)) return [];
    return [`${document}\nRuby writes ${wire}, the gateway makes of that ${JSON.stringify(verdict)}`];
  });
}
