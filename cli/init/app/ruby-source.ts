/** Ruby without its comments of whole lines: what is commented out is not set. Line numbers stay. */
export function withoutComments(source: string): string {
  return source.replace(/^\uFEFF/, "").replace(/^[ \t]*#.*$/gm, "");
}

/** `ShopAPI2` → `shop_api2`, as Active Support's `underscore` without inflections of the application's own. */
export function underscore(name: string): string {
  return name.replace(/(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-z\d])(?=[A-Z])/g, "_").toLowerCase();
}
