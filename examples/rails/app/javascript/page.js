// What both pages need: the state of the connection in the header, forms, and a place for what went wrong.
import { realtime } from "realtime";

const connection = document.getElementById("connection");
const problem = document.getElementById("problem");

realtime.configure({ onUnauthorized: () => location.assign("/session/new") });
realtime.onStatus((status) => {
  connection.dataset.status = status;
  connection.textContent = status;
});

/** Marks the page as live once its subscriptions stand, or shows why they do not. */
export async function live(...channels) {
  try {
    await Promise.all(channels.map((channel) => channel.ready));
    document.querySelector("main").dataset.ready = "";
  } catch (error) {
    tell(error);
  }
}

const shortTime = new Intl.DateTimeFormat([], { timeStyle: "short" });

/** A moment (ISO text or milliseconds) as all pages show it. */
export function clock(at) {
  return shortTime.format(new Date(at));
}

/**
 * Sends a form to Rails, which answers nothing but "ok": what has changed comes back through the gateway, to everybody.
 * Where it answers anything else, that is shown, and the form is as it was.
 */
export async function post(form) {
  const fields = new FormData(form);
  form.reset();
  try {
    const response = await fetch(form.action, { method: "POST", body: fields });
    if (!response.ok) throw new Error(await reason(response));
    tell(null);
  } catch (error) {
    for (const [name, value] of fields) form.elements[name].value ||= value;
    tell(error);
  }
}

/** Controllers say what is wrong in plain text; other answers are not for people. */
async function reason(response) {
  const isPlain = response.headers.get("content-type")?.startsWith("text/plain");
  return isPlain ? response.text() : `Rails answered ${response.status}.`;
}

/** Shows an error to the user, or takes it away. */
export function tell(error) {
  problem.textContent = error ? error.message : "";
}
