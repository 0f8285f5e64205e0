/** Text that may stand for a parameter in a channel's name, on all sides (`docs/protocol.md` §1). */
export const parameterText = /^[A-Za-z0-9_.-]{1,128}$/;

/** An integer's only text: decimal digits, no leading zeros, no plus sign, no exponent. */
export const integerText = /^(?:0|-?[1-9][0-9]*)$/;

/** The path on which the gateway takes WebSocket connections. */
export const GATEWAY_PATH = "/realtime";
