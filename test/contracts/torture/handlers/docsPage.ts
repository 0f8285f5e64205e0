import { handlers } from "../generated/server/handlers.js";

export default handlers.docsPage({ commands: { ping: (ctx, text) => ctx.user.id.length + text.length } });
