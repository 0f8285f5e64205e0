import { expect, test } from "vitest";
import { change } from "./change.js";
import { readGuide } from "./guide.js";

const guide = `# A guide
Words before the first section.

## 1. Begin

For **importmap**:

\`\`\`sh
rails new app
\`\`\`

For **jsbundling** and **vite_rails**:

\`\`\`sh
rails new app --other
\`\`\`

\`\`\`text
create …
\`\`\`

Open http://localhost:3000/rooms/1, and then:

\`\`\`ruby
# app/models/room.rb
class Room
end
\`\`\`

## 2. Go on

\`\`\`diff
<%# app/views/rooms/show.html.erb %>
 <h1>
+<p>
\`\`\`
`;

test("a guide is read as its reader would, by the bundler that the reader has", () => {
  const room = {
    kind: "write",
    path: "app/models/room.rb",
    text: "# app/models/room.rb\nclass Room\nend\n",
    line: 24,
  };
  const [begin, next] = readGuide(guide, "importmap");
  expect(begin).toEqual({
    title: "1. Begin",
    addresses: ["http://localhost:3000/rooms/1"],
    steps: [{ kind: "type", script: "rails new app", prints: ["create …"], line: 8 }, room],
  });
  expect(next?.steps).toEqual([
    { kind: "change", path: "app/views/rooms/show.html.erb", diff: [" <h1>", "+<p>"], line: 32 },
  ]);
  expect(readGuide(guide, "vite_rails")[0]?.steps).toEqual([
    { kind: "type", script: "rails new app --other", prints: ["create …"], line: 14 },
    room,
  ]);
});

test.each([
  [
    "a block without a place",
    "## 1.\n```ruby\nputs 1\n```\n",
    "line 2: the first line of this block names no file",
  ],
  ["output of nothing", "## 1.\n```text\ndone\n```\n", "line 2: no command stands before this output"],
  ["a block without an end", "## 1.\n```sh\nls\n", "line 2: this block has no end"],
  ["a block before all sections", "```sh\nls\n```\n", "line 1: this block stands before the first section"],
])("%s is not passed over", (_, text, message) => {
  expect(() => readGuide(text, "importmap")).toThrow(message);
});

test("a diff changes what it names, in the one place where it is", () => {
  const routes = "draw do\n  root\nend\n";
  expect(change(routes, [" draw do", "+  resources", "   root"])).toBe("draw do\n  resources\n  root\nend\n");
  expect(change(routes, ["-  root", "+  home"])).toBe("draw do\n  home\nend\n");
  expect(change(routes, ["+# more"])).toBe("draw do\n  root\nend\n# more\n");
});

test("a diff whose lines are not there, or not in one place only, is refused", () => {
  expect(() => change("draw do\nend\n", ["   root", "+  home"])).toThrow(
    "these lines are not in the file:\n  root",
  );
  expect(() => change("end\nend\n", [" end", "+# more"])).toThrow(
    "these lines are in the file 2 times:\nend",
  );
  expect(() => change("end\n", ["no mark"])).toThrow("neither +, - nor a blank begins: no mark");
});
