import type { ContractNode } from "../../model/nodes.js";
import { printAllTypes } from "./printed-types.js";
import { loadTemplate } from "./templates.js";
import { type EventsOptions, eventsView } from "./view.js";

export type { EventsOptions } from "./view.js";

/**
 * Prints `events.rb`: a module for each channel, a method for each event, and the types that validate what goes out.
 * The same contract and options give the same bytes on every machine.
 */
export function printEvents(contract: ContractNode, options: EventsOptions): string {
  return loadTemplate("events")(eventsView(contract, printAllTypes(contract), options));
}
