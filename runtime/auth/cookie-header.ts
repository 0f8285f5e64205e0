/**
 * Reads a `Cookie` header as Rack 2.2.3 and later do: split on `;`, names as they stand, values decoded, and of two
 * cookies with one name the first. (Decoding names let one cookie pass for another: CVE-2020-8184.)
 *
 * A value that is no proper percent-encoding stays as it was sent. A name without `=` has the value `""`.
 */
export function parseCookieHeader(header: string | undefined): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of (header ?? "").split(/; */)) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    const name = equals === -1 ? pair : pair.slice(0, equals);
    if (!cookies.has(name)) cookies.set(name, equals === -1 ? "" : decode(pair.slice(equals + 1)));
  }
  return cookies;
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll("+", " "));
  } catch {
    return value;
  }
}
