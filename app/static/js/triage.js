// j and k walk through the list; the chosen row stays in sight.

const rows = [...document.querySelectorAll("[data-story]")];
const at = rows.findIndex((row) => row.getAttribute("aria-current"));
if (at >= 0) rows[at].closest(".story").scrollIntoView({ block: "nearest" });

document.addEventListener("keydown", (event) => {
  if (document.body.dataset.keys !== "on" || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
  const step = { KeyJ: 1, KeyK: -1 }[event.code];
  const next = step && rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
  if (next) { event.preventDefault(); location.assign(next.href); }
});
