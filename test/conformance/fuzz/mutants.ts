/** A bug, planted into generated Ruby: a change of its text, or a method of the runtime in another form. */
export interface Mutant {
  readonly name: string;
  readonly apply: (source: string) => string;
}

const text = (name: string, pattern: RegExp, replacement: string): Mutant => ({
  name,
  apply: (source) => source.replace(pattern, replacement),
});

const runtime = (name: string, method: string): Mutant => ({
  name,
  apply: (source) => `${source}\nmodule Signalbox\n  module Wire\n    ${method}\n  end\nend\n`,
});

export const mutants: readonly Mutant[] = [
  text("bytes for length", /\.length\b/g, ".bytesize"),
  text("\\Z for \\z: a newline at the end passes", /\\z/g, "\\Z"),
  text("^ for \\A: any line may begin", /\\A/g, "^"),
  text("> for >=", />= (?=-?\d)/g, "> "),
  text("null as absent", /\.nil\? && !value\.key\?\("[^"]*"\)/g, ".nil?"),
  text("astral characters as one unit", /Wire\.units\((\w+)\)/g, "$1"),
  text("enums in any case", /("[^"]+") == (\w+)/g, "$1.casecmp?($2.to_s)"),
  text("unknown keys kept", /return value if .*value\.size == \w+$/gm, "return value"),
  text("unknown keys of a strict object not looked for", /Wire\.unrecognized_keys\(.*$/gm, "nil"),
  text("__proto__ like any key", /key == "__proto__"/g, "false"),
  text("items checked though there are too many", /return (Wire\.stop\(issues, value, "too_big")/g, "$1"),
  text("a default that is not filled in", /^( +)(\w+) = [^\n]+\n +same = false$/gm, "$1$2 = Wire::UNDEFINED"),
  text("a pipe that goes on after a fault", /return Wire::ABORTED if .*$/gm, "nil"),
  text("a cast of any text", /(::String === \(\w+ = Wire\.\w+\(.*?\)\)\)) && .*$/gm, "$1"),
  text("a cast of arrays of any length", /(return unless ::Array === given) && .*$/gm, "$1"),
  text("a cast that leaves out what it does not know", /return unless value\.size == .*$/gm, ""),
  text("a cast with null for what is missing", /value\.fetch\(("[^"]*")\) \{ return \}/g, "value[$1]"),
  text("a cast without a default", /(if Wire::UNDEFINED\.equal\?\((\w+)\)\n +)\2 = .*$/gm, "$1$2 = nil"),
  runtime("Ruby's strip for trim", "def self.trim(string) = string.strip"),
  runtime("% for multipleOf", "def self.multiple_of?(value, step) = step != 0 && (value % step).zero?"),
  runtime("1.0 is no integer", "def self.whole?(value) = ::Integer === value"),
  runtime("2**53 is safe", "def self.unsafe_integer?(value) = value.abs > 9_007_199_254_740_992"),
  runtime("object keys in Ruby's order", "def self.key_order(keys) = keys"),
  runtime(
    "invalid_union where one option explains itself",
    'def self.invalid_union(issues, value, _) = refuse(issues, value, "invalid_union", "Invalid input")',
  ),
  runtime("no length checks on other types", "def self.misplaced_minimum(*) = nil"),
  runtime("a length check after a fault that stops", "def self.stopped?(*) = false"),
  runtime("paths without the last key", "def self.prefix(*) = nil"),
];
