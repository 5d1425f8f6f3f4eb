// Saves each field at a pause: first in this browser, then on the server. The chip always says where the text is.

const form = document.querySelector("[data-editor]");
const chip = document.querySelector("[data-save]");
const csrf = () => document.body.dataset.csrf;
const shelf = `bantin:${form.dataset.editor}`;
const seen = JSON.parse(form.elements["da-thay"].value);
const timers = new Map();
let waiting = JSON.parse(localStorage.getItem(shelf) || "{}");
let busy = false;
let leaving = false;
let pressed = null;
let lostSince = "";
let clashes = document.querySelectorAll(".clash").length;
let isSignedOut = false;

const marks = { saved: ["ok", "check"], waiting: ["wait", "clock"], lost: ["lost", "nonet"], clash: ["clash", "bad"], out: ["lost", "lock"] };

function say(kind, value = "") {
  const [tone, icon] = marks[kind];
  chip.className = `save save-${tone}`;
  chip.querySelector("use").setAttribute("href", `#i-${icon}`);
  chip.querySelector("span").textContent = chip.dataset[kind].replace("{}", value);
}

function tell() {
  const count = Object.keys(waiting).length;
  if (isSignedOut) say("out", count);
  else if (lostSince) say("lost", lostSince);
  else if (count) say("waiting", count);
  else if (clashes) say("clash", clashes);
  else say("saved");
}

function keep() {
  if (Object.keys(waiting).length) localStorage.setItem(shelf, JSON.stringify(waiting));
  else localStorage.removeItem(shelf);
}

// A UUID version 7 by hand: randomUUID is missing on a plain-http office network.
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const now = Date.now();
  for (let i = 0; i < 6; i += 1) bytes[i] = Math.floor(now / 2 ** (8 * (5 - i))) % 256;
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

function note(field) {
  const before = waiting[field.name];
  waiting[field.name] = { value: field.value, seen: before && !before.sent ? before.seen : seen[field.name] || [], op_id: newId() };
  keep();
  tell();
  clearTimeout(timers.get(field.name));
  timers.set(field.name, setTimeout(flush, 900));
}

async function flush() {
  if (busy || leaving || isSignedOut) return;
  busy = true;
  try {
    for (const [name, change] of Object.entries(waiting)) {
      if (pressed) break;
      change.sent = true;
      const answer = await fetch(form.dataset.editor, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Bantin-Csrf": csrf() },
        body: JSON.stringify({ name, value: change.value, seen: change.seen, op_id: change.op_id }),
      });
      if (answer.status === 401 || answer.status === 403) { askToSignIn(); break; }
      if (!answer.ok) throw new Error(String(answer.status));
      settle(name, change, await answer.json());
    }
    lostSince = "";
  } catch {
    lostSince = lostSince || new Date().toTimeString().slice(0, 5);
  }
  busy = false;
  tell();
  const button = pressed;
  pressed = null;
  if (button && !isSignedOut) form.requestSubmit(button);
}

function settle(name, change, said) {
  seen[name] = said.seen;
  form.elements["da-thay"].value = JSON.stringify(seen);
  form.elements.ma.value = said.hash;
  if (waiting[name] && waiting[name].op_id === change.op_id) delete waiting[name];
  else if (waiting[name]) waiting[name].seen = said.seen;
  keep();
  lostSince = "";
  const column = document.getElementById("cot-phai");
  if (!column.contains(document.activeElement)) column.innerHTML = said.side;
  clashes = said.clashes;
  if (column.querySelector("input[name=csrf]")) renewTokens();
}

// The sign-in has ended: the words stay in their fields and on the shelf; the person signs in here, then they are sent.
const gate = document.getElementById("phien");

function askToSignIn() {
  isSignedOut = true;
  gate.hidden = false;
  gate.scrollIntoView({ block: "nearest" });
}

function renewTokens() {
  for (const field of document.querySelectorAll('input[name="csrf"]')) field.value = csrf();
}

async function signIn(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
  const words = new FormData(gate.querySelector("form"));
  const trouble = gate.querySelector("[data-trouble]");
  trouble.textContent = "";
  try {
    const door = await fetch("/dang-nhap");
    const token = new DOMParser().parseFromString(await door.text(), "text/html").querySelector('[name="csrf"]').value;
    words.set("csrf", token);
    const answer = await fetch("/dang-nhap", { method: "POST", body: new URLSearchParams(words) });
    if (!answer.ok) { trouble.textContent = gate.dataset.wrong; return; }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    document.body.dataset.csrf = page.body.dataset.csrf;
  } catch {
    trouble.textContent = gate.dataset.lost;
    return;
  }
  gate.querySelector("form").reset();
  gate.hidden = true;
  isSignedOut = false;
  renewTokens();
  flush();
}
gate.querySelector("form").addEventListener("submit", signIn);

function grow(area) {
  area.rows = Math.max(2, Math.min(24, area.value.split("\n").reduce((sum, line) => sum + Math.floor(line.length / 46) + 1, 0)));
}

function count(field) {
  const mark = document.querySelector(`[data-count="${field.id}"]`);
  if (mark) mark.textContent = mark.dataset.words.replace("{}", [...field.value.normalize("NFC")].length);
  const words = document.querySelector("[data-count-words]");
  const body = [...document.querySelectorAll('#than-bai textarea')].map((area) => area.value).join(" ");
  words.textContent = words.dataset.countWords.replace("{}", body.split(/\s+/).filter(Boolean).length);
}

form.addEventListener("input", (event) => {
  const field = event.target;
  if (!field.name || !field.name.includes(".")) return;
  count(field);
  if (field.tagName === "TEXTAREA") grow(field);
  note(field);
});
// The whole form goes to the server now; what waits stays on the shelf until the next page shows the same words.
// While a pause is being saved the form waits for its answer: the hash it must carry comes with it.
form.addEventListener("submit", (event) => {
  timers.forEach(clearTimeout);
  if (isSignedOut) { event.preventDefault(); event.stopPropagation(); askToSignIn(); return; }
  if (!busy) { leaving = true; return; }
  pressed = event.submitter;
  event.preventDefault();
  event.stopPropagation();
});

// Words a closed browser or a lost server left behind come back into their fields.
for (const [name, change] of Object.entries(waiting)) {
  const field = form.elements[name];
  if (!field || field.value.trim() === change.value.normalize("NFC").trim()) { delete waiting[name]; continue; }
  field.value = change.value;
  change.sent = false;
}
keep();
setInterval(() => { if (Object.keys(waiting).length) flush(); }, 5000);
addEventListener("online", flush);
addEventListener("beforeunload", (event) => { if (Object.keys(waiting).length && !leaving) event.preventDefault(); });
tell();
if (Object.keys(waiting).length) flush();
