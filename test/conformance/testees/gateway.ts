// What the gateway does with a payload: its domain first, then the contract through `z.compile`.
import { validator } from "../../../runtime/gateway/validation.js";
import { faultOf, parseJson } from "../../../runtime/protocol/json.js";
import { serve } from "./serve.js";

await serve((schema) => {
  const validate = validator(schema);
  return (document) => {
    const parsed = parseJson(document);
    if (!parsed.ok) return { refused: parsed.fault };
    const fault = faultOf(parsed.value);
    if (fault !== null) return { refused: fault };
    const result = validate(parsed.value);
    return result.ok
      ? { valid: true, wire: JSON.stringify(result.data) }
      : { valid: false, issues: result.issues };
  };
});
