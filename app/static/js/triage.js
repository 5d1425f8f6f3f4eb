// j and k walk through the list; the chosen row stays in sight. The list renews itself while somebody types in the
// search box; without this script, Enter does the same.

const rows = () => [...document.querySelectorAll("[data-story]")];
const current = (all) => all.findIndex((row) => row.getAttribute("aria-current"));
const here = rows();
if (current(here) >= 0) here[current(here)].closest(".story").scrollIntoView({ block: "nearest" });

document.addEventListener("keydown", (event) => {
  if (document.body.dataset.keys !== "on" || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
  const step = { KeyJ: 1, KeyK: -1 }[event.code];
  const all = rows();
  const next = step && all[Math.min(Math.max(current(all) + step, 0), all.length - 1)];
  if (next) { event.preventDefault(); location.assign(next.href); }
});

const box = document.querySelector("#tim");
let pause = 0, asked = 0;

async function find() {
  const address = new URL("/tin-ve", location.origin);
  if (box.value.trim()) address.searchParams.set("tim", box.value.trim());
  const number = ++asked;
  try {
    const answer = await fetch(address);
    if (!answer.ok || answer.redirected) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".triage");
    if (!fresh || number !== asked || document.activeElement !== box) return;
    document.querySelector(".triage").replaceWith(document.adoptNode(fresh));
    for (const select of fresh.querySelectorAll("[data-send]")) select.addEventListener("change", () => select.form.requestSubmit());
    history.replaceState(null, "", address);
  } catch { /* the server is away: Enter will say so */ }
}

if (box) box.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(find, 350);
});
