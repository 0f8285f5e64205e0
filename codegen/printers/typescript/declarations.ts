import {
  type InterfaceDeclarationStructure,
  type OptionalKind,
  type PropertySignatureStructure,
  StructureKind,
  type TypeAliasDeclarationStructure,
} from "ts-morph";
import type { ContractNode, ObjectNode, TypeNode } from "../../model/nodes.js";
import { docs } from "./documentation.js";
import { fieldsOf, indexType, type Side, type TypeScope, typeText } from "./types.js";

type TypeDeclaration = InterfaceDeclarationStructure | TypeAliasDeclarationStructure;

/** Every named type of the contract as an exported declaration, with `…Input` beside it where senders write another. */
export function typeDeclarations(contract: ContractNode, scope: TypeScope): TypeDeclaration[] {
  return [
    jsonValue,
    ...contract.types.flatMap((type) =>
      type.inputDiffers
        ? [declaration(type, "output", scope), declaration(type, "input", scope)]
        : [declaration(type, "output", scope)],
    ),
  ];
}

const jsonValue: TypeAliasDeclarationStructure = {
  kind: StructureKind.TypeAlias,
  name: "JsonValue",
  isExported: true,
  docs: ["Any JSON value."],
  type: "string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue }",
};

function declaration(type: TypeNode, side: Side, scope: TypeScope): TypeDeclaration {
  const name = scope.names[side](type.name);
  const summary =
    side === "input" ? `What senders of \`${scope.names.output(type.name)}\` write.` : undefined;
  if (type.node.kind === "object" && type.node.properties.length > 0) {
    return {
      kind: StructureKind.Interface,
      name,
      isExported: true,
      docs: docs(type.documentation, summary),
      ...members(type.node, side, scope),
    };
  }
  return {
    kind: StructureKind.TypeAlias,
    name,
    isExported: true,
    docs: docs(type.documentation, summary),
    type: typeText(type.node, side, scope),
  };
}

function members(node: ObjectNode, side: Side, scope: TypeScope) {
  const fields = fieldsOf(node, side, scope);
  const index = indexType(node, fields, side, scope);
  const properties = fields.map(
    ({ key, optional, type, property }): OptionalKind<PropertySignatureStructure> => ({
      name: key,
      hasQuestionToken: optional,
      type: type,
      docs: docs(property.documentation),
    }),
  );
  return index === null ? { properties } : { properties, indexSignatures: [{ returnType: index }] };
}
