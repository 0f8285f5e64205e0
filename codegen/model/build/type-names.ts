import type { Handle, SchemaReader } from "../definition.js";
import { isTypeName, upperCamelCase } from "../names.js";

/** A schema that a file of the schema folder exports. */
export interface ExportedSchema {
  readonly exportName: string;
  /** The file, without folder and extension. */
  readonly fileName: string;
  readonly schema: Handle;
}

/** Who has which name. */
export interface TypeNames {
  /** The exported schema that stands for a schema, if there is one. */
  exported(identity: Handle): Handle | undefined;
  /** A name that the user gave: an id or an exported const. */
  given(schema: Handle): { readonly name: string; readonly from: "id" | "export" } | undefined;
  /** Takes a name for a schema; `false` if another schema has it. */
  take(name: string, identity: Handle): boolean;
  /** A name that nobody has, and takes it. */
  invent(suggestion: string, identity: Handle): string;
}

export function typeNames(reader: SchemaReader, exports: readonly ExportedSchema[]): TypeNames {
  const exported = new Map<Handle, Handle>();
  const byExport = nameExports(reader, exports, exported);
  const taken = new Map<string, Handle>();
  for (const [identity, name] of byExport) taken.set(name, identity);

  return {
    exported: (identity) => exported.get(identity),
    given(schema) {
      const identity = reader.identity(schema);
      const id = idOf(reader, schema) ?? idOf(reader, exported.get(identity));
      if (id !== undefined) return { name: isTypeName(id) ? id : upperCamelCase(id), from: "id" };
      const name = byExport.get(identity);
      return name === undefined ? undefined : { name, from: "export" };
    },
    take(name, identity) {
      const owner = taken.get(name);
      if (owner !== undefined && owner !== identity) return false;
      taken.set(name, identity);
      return true;
    },
    invent(suggestion, identity) {
      const base = isTypeName(suggestion) ? suggestion : `Type${upperCamelCase(suggestion)}`;
      let name = base;
      for (let number = 2; taken.has(name); number += 1) name = `${base}${number}`;
      taken.set(name, identity);
      return name;
    },
  };
}

function idOf(reader: SchemaReader, schema: Handle | undefined): string | undefined {
  const id = schema === undefined ? undefined : reader.metadata(schema).id;
  return typeof id === "string" ? id : undefined;
}

/** Exported consts by what they are; where two files use one name, each takes its file's name before it. */
function nameExports(
  reader: SchemaReader,
  exports: readonly ExportedSchema[],
  exported: Map<Handle, Handle>,
): Map<Handle, string> {
  const first = new Map<Handle, ExportedSchema>();
  for (const found of exports) {
    const identity = reader.identity(found.schema);
    if (first.has(identity)) continue;
    first.set(identity, found);
    exported.set(identity, found.schema);
  }
  const count = new Map<string, number>();
  for (const found of first.values()) count.set(plainName(found), (count.get(plainName(found)) ?? 0) + 1);
  const names = new Map<Handle, string>();
  for (const [identity, found] of first) {
    const name = plainName(found);
    names.set(identity, (count.get(name) ?? 0) > 1 ? upperCamelCase(found.fileName) + name : name);
  }
  return names;
}

function plainName({ exportName, fileName }: ExportedSchema): string {
  const name = upperCamelCase(exportName === "default" ? fileName : exportName);
  return isTypeName(name) ? name : `Type${name}`;
}
