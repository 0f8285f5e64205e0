import { defineGateway, type HandshakeRequest, session, type User } from "signalbox/gateway";

const signedIn = session("user_id");

/** Who is connected, with the name that the Rails app put into the session. */
export interface Member extends User {
  readonly id: string;
  readonly name: string;
}

async function identify(request: HandshakeRequest): Promise<Member | null> {
  const user = await signedIn(request);
  const name = request.session?.name;
  return user !== null && typeof name === "string" && name !== "" ? { ...user, name } : null;
}

export default defineGateway({
  origins: ["http://localhost:3000", "http://127.0.0.1:3000"],
  identify,
  connect(ctx) {
    ctx.log.info({ user: ctx.user?.id ?? null }, "a browser has come");
    return { messages: 0 };
  },
  disconnect(ctx) {
    ctx.log.info({ user: ctx.user?.id ?? null, messages: ctx.state.messages }, "a browser has gone");
  },
});
