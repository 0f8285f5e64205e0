import { clock, live, tell } from "page";
import { realtime } from "realtime";

const { roomId, me } = document.getElementById("room").dataset;
const messages = document.getElementById("messages");
const typing = document.getElementById("typing");
const form = document.getElementById("compose");
const input = document.getElementById("body");

const room = realtime.room({ roomId: Number(roomId) });

room.on("messagePosted", ({ author, body, postedAt }) => {
  const name = document.createElement("b");
  name.textContent = author;
  const time = document.createElement("time");
  time.dateTime = postedAt;
  time.textContent = clock(postedAt);
  const text = document.createElement("p");
  text.textContent = body;
  const item = document.createElement("li");
  item.classList.toggle("mine", author === me);
  item.append(name, time, text);
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

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const body = input.value;
  input.value = "";
  told = 0;
  try {
    await room.send("postMessage", { body });
    tell(null);
  } catch (error) {
    input.value ||= body;
    tell(error);
  }
});

live(room);
