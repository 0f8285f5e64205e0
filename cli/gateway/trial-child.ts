/**
 * Loads and checks a bundle for `signalbox build`: `trial-child.js <bundle> <shown>`. In a process of its own, because
 * what gateway.ts or a handler opens as it is loaded would keep the command from ending.
 */
import { StartError } from "../../runtime/gateway/index.js";
import { checkServer } from "../../runtime/gateway/start.js";
import { CommandError, describeError } from "../errors.js";
import { loadServer } from "./load-server.js";

/** What came of it: `null`, or what is wrong and whether the project's own code threw it. */
export type TrialMessage = { readonly reason: string; readonly thrown: boolean } | null;

function tell(message: TrialMessage): void {
  if (process.send === undefined) throw new Error("signalbox build starts this file");
  process.send(message);
}

// Stays until its parent has heard it, and not longer.
process.once("disconnect", () => process.exit());

const [bundle = "", shown = ""] = process.argv.slice(2);
try {
  checkServer(await loadServer(bundle, shown));
  tell(null);
} catch (error) {
  const thrown = !(error instanceof StartError || error instanceof CommandError);
  tell({ reason: describeError(error, process.env.SIGNALBOX_DEBUG === "1"), thrown });
}
