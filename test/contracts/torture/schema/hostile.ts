/** Text that would end a literal, a comment or a file in one of the languages, wherever a contract can have text. */
import { channel } from "signalbox";
import { z } from "zod";

export const hostileValues = [
  `quotes " ' \` and a backslash \\`,
  "#{exit!} #@x #$y %{a} \u0024{process.exit(1)}",
  "*/ process.exit(1) /* -->",
  "two\nlines\r\nand\u2028more\u2029still",
  "\n=end\n__END__\n=begin",
  "{{triple}} {{{braces}}} {{! comment }}",
  "@deprecated @param x {@link y}",
  "| a | b |\n# heading\n```js\n</script><!--",
  "\u202etxt.exe\u0000\u0007\ufeff",
  "ends with a backslash \\",
  "é 漢字 👩‍👩‍👧 \u0301",
] as const;

export const hostileTexts = [...hostileValues, "x".repeat(10_000)] as const;

const described = (text: string) => z.string().optional().describe(text);

export const Hostile = z
  .object({
    described0: described(hostileTexts[0]),
    described1: described(hostileTexts[1]),
    described2: described(hostileTexts[2]),
    described3: described(hostileTexts[3]),
    described4: described(hostileTexts[4]),
    described5: described(hostileTexts[5]),
    described6: described(hostileTexts[6]),
    described7: described(hostileTexts[7]),
    described8: described(hostileTexts[8]),
    described9: described(hostileTexts[9]),
    described10: described(hostileTexts[10]),
    described11: described(hostileTexts[11]),
    "with space": z.int(),
    'quote"d': z.int(),
    "it's": z.int(),
    "back`tick": z.int(),
    "#{interpolated}": z.int(),
    "*/": z.int(),
    "{{handlebars}}": z.int(),
    "new\nline": z.int(),
    "line\u2028separator": z.int(),
    "1": z.int(),
    class: z.int(),
    end: z.int(),
    self: z.int(),
    nil: z.int(),
    new: z.int(),
    function: z.int(),
    any: z.int(),
    漢字: z.int(),
    one: z.enum(hostileValues),
    chosen: z.enum(hostileValues).default(hostileValues[2]),
  })
  .describe(hostileTexts.join("\n"))
  .meta({ title: hostileTexts[0], deprecated: true, examples: [{ text: hostileTexts[2] }] });

export const hostile = channel("hash", {
  access: "public",
  delivery: "ephemeral",
  description: hostileTexts.join("\n\n"),
  deprecated: hostileTexts[3],
  events: { object: Hostile, string: z.enum(hostileValues) },
});
