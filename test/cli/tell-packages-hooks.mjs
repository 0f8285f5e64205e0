import { writeSync } from "node:fs";

const packageOf = /\/node_modules\/((?:@[^/]+\/)?[^/]+)/;

/** @type {import("node:module").ResolveHook} */
export async function resolve(specifier, context, next) {
  const found = await next(specifier, context);
  const name = packageOf.exec(found.url)?.[1];
  if (name !== undefined) writeSync(2, `loaded ${name}\n`);
  return found;
}
