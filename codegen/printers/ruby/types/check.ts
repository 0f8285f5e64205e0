import type { WireNode } from "../../../model/nodes.js";
import { arrayChecker, tupleChecker } from "./arrays.js";
import type { Checker } from "./checker.js";
import { numberChecker } from "./numbers.js";
import { objectChecker } from "./objects.js";
import { recordChecker } from "./records.js";
import type { Scope } from "./scope.js";
import { stringChecker } from "./strings.js";
import {
  discriminatedUnionChecker,
  intersectionChecker,
  nullableChecker,
  pipeChecker,
  referenceChecker,
  unionChecker,
} from "./unions.js";
import { booleanChecker, jsonChecker, literalChecker, neverChecker, nullChecker } from "./values.js";

/** Prints what checks a node into the scope's module, and says how to use it. */
export function checkerOf(scope: Scope, node: WireNode, hint: string): Checker {
  switch (node.kind) {
    case "string":
      return stringChecker(scope, node, hint);
    case "number":
      return numberChecker(scope, node, hint);
    case "boolean":
      return booleanChecker;
    case "null":
      return nullChecker;
    case "never":
      return neverChecker;
    case "json":
      return jsonChecker(node);
    case "literal":
      return literalChecker(scope, node, hint);
    case "array":
      return arrayChecker(scope, node, hint);
    case "tuple":
      return tupleChecker(scope, node, hint);
    case "object":
      return objectChecker(scope, node, hint);
    case "record":
      return recordChecker(scope, node, hint);
    case "union":
      return unionChecker(scope, node, hint);
    case "discriminatedUnion":
      return discriminatedUnionChecker(scope, node, hint);
    case "intersection":
      return intersectionChecker(scope, node, hint);
    case "nullable":
      return nullableChecker(scope, node, hint);
    case "pipe":
      return pipeChecker(scope, node, hint);
    case "reference":
      return referenceChecker(scope, node);
    default:
      return node satisfies never;
  }
}
