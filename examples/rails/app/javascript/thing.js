import { clock, live, post } from "page";
import { realtime } from "realtime";

const { userId } = document.getElementById("thing").dataset;
const contents = document.getElementById("contents");
const changed = document.getElementById("changed");
const inbox = document.getElementById("inbox");

const thing = realtime.thing();
const notifications = realtime.inbox();

thing.on("updated", (update, { at }) => {
  contents.textContent = update.contents;
  const who = String(update.user_id) === userId ? "you" : `user ${update.user_id}`;
  changed.textContent = `Changed by ${who} at ${clock(at)}.`;
});

notifications.on("notified", ({ title, level }) => {
  const item = document.createElement("li");
  item.classList.toggle("warning", level === "warning");
  item.textContent = title;
  inbox.prepend(item);
});

for (const form of document.querySelectorAll("main form")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    post(form);
  });
}

live(thing, notifications);
