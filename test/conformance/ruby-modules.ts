import { wireNodeOf } from "../../codegen/load/index.js";
import type { ContractNode, WireNode } from "../../codegen/model/nodes.js";
import { payloadModules, printTypes } from "../../codegen/printers/ruby/types.js";
import { schemaFrom } from "./testees/serve.js";

/** The generated Ruby of one schema. */
export interface RubyModule {
  /** A whole Ruby file. */
  readonly source: string;
  /** The constant that answers `parse`: `Case1::Types::SampleValue`. */
  readonly constant: string;
}

/**
 * Loads a schema as codegen does and prints its Ruby into a module of this name.
 *
 * @returns what codegen says against it, where it refuses it
 */
export function rubyModule(name: string, schemaSource: string): RubyModule | { readonly refused: string } {
  const { node, types, diagnostics } = wireNodeOf(schemaFrom(schemaSource));
  if (node === null)
    return { refused: diagnostics.map(({ code, message }) => `${code} ${message}`).join("; ") };
  const contract = contractOf(node, types);
  const event = contract.channels[0]?.events[0];
  if (!event) throw new Error("unreachable: the contract was made with one event");
  const printed = printTypes(contract);
  return {
    source: `# frozen_string_literal: true\n\nmodule ${name}\n${printed.replace(/^(?=.)/gm, "  ")}end\n`,
    constant: `${name}::${payloadModules(contract)(event.payload)}`,
  };
}

function contractOf(node: WireNode, types: ContractNode["types"]): ContractNode {
  const documentation = {};
  return {
    kind: "contract",
    zodVersion: "",
    zodProbes: "",
    fingerprint: "",
    types,
    channels: [
      {
        kind: "channel",
        name: "sample",
        identifier: "sample",
        pattern: "sample",
        segments: [{ kind: "text", text: "sample" }],
        parameters: [],
        access: "public",
        delivery: "ephemeral",
        history: null,
        perUser: null,
        events: [{ kind: "event", name: "value", payload: { node, fingerprint: "" }, documentation }],
        commands: [],
        presence: null,
        documentation,
        source: { file: "", exportName: "", position: { file: "", line: 1, column: 1 } },
      },
    ],
  };
}
