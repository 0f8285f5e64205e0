import { channel } from "signalbox";
import { z } from "zod";

// Named after a core class, with a payload that is no object.
export const time = channel("time", {
  access: "public",
  delivery: "ephemeral",
  events: { ticked: z.int() },
});
