/**
 * Cookies that real Rails applications (4.0 to 8.1) wrote, and mutations of them, each judged by that Rails. The
 * file's `about` says what the fields mean.
 */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { parseExactJson } from "../../../runtime/auth/exact-json.js";

export interface Vector {
  readonly name: string;
  readonly config: string;
  readonly rails_version: string;
  readonly settings: { readonly load_defaults?: string; readonly [setting: string]: unknown };
  readonly origin: string;
  readonly reader: {
    readonly key_digest: Digest | readonly Digest[];
    readonly encrypted: readonly ("aes-256-gcm" | "aes-256-cbc+hmac")[];
    readonly signed_digest: Digest;
    readonly cbc_hmac_digest: Digest;
    readonly serializer: "json" | "marshal" | "hybrid" | "json_allow_marshal" | "message_pack";
    readonly purpose: "required" | "optional";
  };
  readonly secret_key_base: string;
  readonly jar: "session" | "encrypted" | "signed";
  readonly cookie: string;
  readonly cookie_header: string | null;
  readonly repeat?: readonly [string, number];
  readonly now_ms: number | null;
  readonly expect: {
    readonly ok: boolean | "any";
    readonly value?: unknown;
    readonly reason_hint?: string;
  };
}

type Digest = "sha1" | "sha256";

const file = new URL("rails-cookies.json.gz", import.meta.url);
const parsed = parseExactJson(gunzipSync(readFileSync(file)).toString("utf8"));
export const { vectors } = parsed as { readonly vectors: readonly Vector[] };

/** The `Cookie` header of a vector. `{repeat}` in it stands for one text so many times. */
export function cookieHeader({ cookie_header, repeat }: Vector): string | undefined {
  const [text, times] = repeat ?? ["", 0];
  return cookie_header?.replace("{repeat}", text.repeat(times));
}
