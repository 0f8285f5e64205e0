// What both pages need: the state of the connection in the header, and a place for what went wrong.
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

/** Shows an error to the user, or takes it away. */
export function tell(error) {
  problem.textContent = error ? error.message : "";
}
