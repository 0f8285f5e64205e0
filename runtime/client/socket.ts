import type { GatewayFrame } from "../protocol/frames.js";
import type { RealtimeSocket } from "./types.js";

/** The gateway pings every 25 s; a connection on which two pings in a row did not come is dead. */
const silenceLimit = 55_000;
/** How long the handshake may take, and the answer to a probe. */
const answerLimit = 10_000;

export interface SocketEvents {
  /** Never after {@link SocketEvents.closed} or {@link Socket.end}. */
  received(frame: GatewayFrame): void;
  /** Once, unless {@link Socket.end} came before it. 1006 where the connection was lost without a word. */
  closed(code: number, reason: string): void;
}

/** One WebSocket: Primus's wire protocol (docs/protocol.md §3.1) around frames, and whether it is still alive. */
export interface Socket {
  /** @param text a frame, as JSON */
  send(text: string): void;
  /** Asks for a sign of life: the page was asleep, or the network changed. No answer means that it is closed. */
  probe(): void;
  end(): void;
}

export function openSocket(webSocket: RealtimeSocket, events: SocketEvents): Socket {
  let heard = Date.now();
  let limit = answerLimit;
  let watch = setTimeout(watchSilence, limit);

  function watchSilence() {
    const silent = Date.now() - heard;
    if (silent >= limit) return close(1006, "the gateway is silent");
    watch = setTimeout(watchSilence, limit - silent);
  }

  // A dead peer never completes the closing handshake, so nothing here waits for the browser's own close event.
  function end() {
    clearTimeout(watch);
    webSocket.onmessage = webSocket.onclose = null;
    webSocket.close(1000);
  }

  function close(code: number, reason: string) {
    end();
    events.closed(code, reason);
  }

  webSocket.onmessage = (event: { readonly data: unknown }) => {
    heard = Date.now();
    limit = silenceLimit;
    const message = parse(event.data);
    if (typeof message === "string") {
      if (message.startsWith("primus::ping::"))
        webSocket.send(JSON.stringify(message.replace("ping", "pong")));
    } else if (isFrame(message)) {
      if (message.type === "close") close(message.code, message.reason);
      else events.received(message);
    }
  };
  webSocket.onclose = (event: { readonly code: number; readonly reason: string }) =>
    close(event.code, event.reason);
  // The close event that follows says everything; `ws` in Node would throw without a handler.
  webSocket.onerror = () => {};

  return {
    send: (text) => webSocket.send(text),
    end,
    probe() {
      heard = Date.now();
      limit = answerLimit;
      clearTimeout(watch);
      watch = setTimeout(watchSilence, limit);
      webSocket.send('"primus::id::"');
    },
  };
}

function parse(data: unknown): unknown {
  try {
    return JSON.parse(String(data));
  } catch {
    return null; // Not of this protocol. Every frame of the gateway is JSON.
  }
}

/** The gateway is trusted with the rest of a frame: it serves the same page's origin. */
function isFrame(message: unknown): message is GatewayFrame {
  return typeof message === "object" && message !== null && "type" in message;
}
