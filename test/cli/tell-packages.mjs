// For `node --import`: says on standard error which packages are loaded, a line each: "loaded commander".
import { register } from "node:module";

register("./tell-packages-hooks.mjs", import.meta.url);
