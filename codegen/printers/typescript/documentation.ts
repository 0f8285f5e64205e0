import type { Documentation } from "../../model/nodes.js";
import { commentText } from "./literals.js";

/**
 * What a TSDoc comment says: title and description, then `@deprecated` and `@example`. `null` where nothing is known.
 *
 * @param summary said where the contract describes nothing
 */
export function documentationText(documentation: Documentation, summary?: string): string | null {
  const { title, description, deprecated, examples } = documentation;
  const tags: string[] = [];
  if (deprecated) tags.push(typeof deprecated === "string" ? `@deprecated ${deprecated}` : "@deprecated");
  for (const example of examples ?? []) tags.push(`@example ${JSON.stringify(example)}`);
  const said = title === undefined && description === undefined ? [summary] : [title, description];
  const text = [...said.map((part) => commentText(part ?? "")), tags.map(tagText).join("\n")]
    .filter((part) => part !== "")
    .join("\n\n");
  return text === "" ? null : text;
}

function tagText(tag: string): string {
  return `@${commentText(tag.slice(1)).replaceAll("\n", "\n  ")}`;
}

/** The same as `docs` of a ts-morph structure. */
export function docs(documentation: Documentation, summary?: string): string[] {
  const text = documentationText(documentation, summary);
  return text === null ? [] : [text];
}

/** The same for a field of an inline type, if it is one line; else empty. */
export function inlineComment(documentation: Documentation): string {
  const text = documentationText(documentation);
  return text === null || text.includes("\n") ? "" : `/** ${text} */ `;
}
