import { clock, live, post, tell } from "page";
import { realtime } from "realtime";

const { roomId, me } = document.getElementById("room").dataset;
const messages = document.getElementById("messages");
const typing = document.getElementById("typing");
const form = document.getElementById("compose");
const input = form.elements.body;

const room = realtime.room({ roomId: Number(roomId) });

for (const time of messages.querySelectorAll("time")) time.textContent = clock(time.dateTime);
messages.lastElementChild?.scrollIntoView({ block: "nearest" });

room.on("messagePosted", ({ author, body, postedAt }) => {
  const item = document.getElementById("message").content.firstElementChild.cloneNode(true);
  item.classList.toggle("mine", author === me);
  item.querySelector("b").textContent = author;
  item.querySelector("p").textContent = body;
  const time = item.querySelector("time");
  time.dateTime = postedAt;
  time.textContent = clock(postedAt);
  messages.append(item);
  item.scrollIntoView({ block: "nearest" });
  stopped(author);
});

const writers = new Map();

room.on("typing", ({ author }) => {
  if (author === me) return;
  clearTimeout(writers.get(author));
  writers.set(author, setTimeout(stopped, 4_000, author));
  showWriters();
});

function stopped(author) {
  clearTimeout(writers.get(author));
  writers.delete(author);
  showWriters();
}

function showWriters() {
  const names = [...writers.keys()];
  typing.textContent = names.length ? `${names.join(", ")} ${names.length > 1 ? "are" : "is"} typing…` : "";
}

let told = 0;
input.addEventListener("input", () => {
  if (Date.now() - told < 2_000) return;
  told = Date.now();
  room.send("startTyping", {}).catch(tell);
});

// What is said is Rails' to keep: the message comes back from there, to everybody.
form.addEventListener("submit", (event) => {
  event.preventDefault();
  post(form);
  told = 0;
});

// A wave is for this moment only: it goes from the page through the gateway to the others, and Rails never hears of it.
document.getElementById("wave").addEventListener("click", () => {
  room.send("postMessage", { body: "waves" }).then(() => tell(null), tell);
});

live(room);
