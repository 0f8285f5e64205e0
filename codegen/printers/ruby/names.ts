/** How names of the contract are spelled in the calls that Ruby makes. */
import { snakeCase } from "../../model/names.js";

const keywords = new Set(
  (
    "BEGIN END __ENCODING__ __FILE__ __LINE__ alias and begin break case class def defined do else elsif end ensure " +
    "false for if in module next nil not or redo rescue retry return self super then true undef unless until when while yield"
  ).split(" "),
);

// The public methods of Module in Ruby 3.1 and later, the hooks that Ruby itself calls, and what our runtime defines.
const moduleMethods = new Set(
  (
    "__id__ __send__ alias_method ancestors append_features attr attr_accessor attr_reader attr_writer autoload binding " +
    "class class_eval class_exec class_variable_get class_variable_set class_variables clone const_added const_get " +
    "const_missing const_set const_source_location constants define_method define_singleton_method deprecate_constant " +
    "display dup enum_for extend extend_object extended freeze hash include included included_modules inherited " +
    "initialize initialize_clone initialize_copy initialize_dup inspect instance_eval instance_exec instance_method " +
    "instance_methods instance_variable_get instance_variable_set instance_variables itself method method_added " +
    "method_missing method_removed method_undefined methods module_eval module_exec name object_id prepend " +
    "prepend_features prepended private_class_method private_constant private_instance_methods private_methods " +
    "protected_instance_methods protected_methods public_class_method public_constant public_instance_method " +
    "public_instance_methods public_method public_methods public_send refine refinements remove_class_variable " +
    "remove_const remove_instance_variable remove_method send set_temporary_name singleton_class singleton_method " +
    "singleton_method_added singleton_method_removed singleton_method_undefined singleton_methods taint tap then " +
    "to_enum to_s trust undef_method undefined_instance_methods untaint untrust using with yield_self"
  ).split(" "),
);

/** Whether a word of Ruby's grammar: fine as a keyword argument, but not to be read as a variable. */
export function isRubyKeyword(name: string): boolean {
  return keywords.has(name);
}

/** The keyword of a field or parameter; `null` where its name makes none (`1st`, `日本`). */
export function keywordName(name: string): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the test is for ASCII
  if (!/^[\x00-\x7f]+$/.test(name)) return null;
  const keyword = snakeCase(name);
  // `_1` to `_9` are numbered block parameters.
  return /^[a-z_][a-z0-9_]*$/.test(keyword) && !/^_[1-9]?$/.test(keyword) ? keyword : null;
}

/** The method of an event. What would take a method from Module, or a word from the grammar, gets `_event`. */
export function methodName(event: string): string {
  const name = snakeCase(event);
  return moduleMethods.has(name) || keywords.has(name) ? `${name}_event` : name;
}

/** `roomThread` is `RoomThread`. Names that the module needs for itself get `Channel`. */
export function channelConstants(
  identifiers: readonly string[],
  taken: readonly string[],
): Map<string, string> {
  const used = new Set(taken);
  const constants = new Map<string, string>();
  const plain = (identifier: string) => identifier.charAt(0).toUpperCase() + identifier.slice(1);
  for (const identifier of identifiers) {
    if (used.has(plain(identifier))) continue;
    constants.set(identifier, plain(identifier));
    used.add(plain(identifier));
  }
  for (const identifier of identifiers) {
    if (constants.has(identifier)) continue;
    let name = `${plain(identifier)}Channel`;
    while (used.has(name)) name += "_";
    constants.set(identifier, name);
    used.add(name);
  }
  return constants;
}
