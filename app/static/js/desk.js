// Keys, filters that send themselves, and the language of the page: small helps that no page needs to work.

const typing = (target) => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

// Vietnamese input methods rewrite text by sending Backspace first: a key right after one is theirs, not the desk's.
let rewritten = 0;
document.addEventListener("keydown", (event) => {
  if (event.key === "Backspace") rewritten = event.timeStamp;
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (typing(event.target)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (document.body.dataset.keys !== "on" || event.timeStamp - rewritten < 80) return;
  if (event.key === "/") {
    const search = document.querySelector("#tim");
    if (search) { search.focus(); event.preventDefault(); }
  } else if (event.key === "?") {
    location.assign("/phim-tat");
  } else if (/^Key[A-Z]$/.test(event.code) && !event.shiftKey) {
    const button = document.querySelector(`[data-key="${event.code.slice(3).toLowerCase()}"]`);
    if (button) { button.click(); event.preventDefault(); }
  }
});

for (const select of document.querySelectorAll("[data-send]")) select.addEventListener("change", () => select.form.requestSubmit());

// A second press of the same button must not send the form twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) { event.preventDefault(); return; }
  if (form.method === "post") form.dataset.sent = "1";
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));

for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copy);
    source.focus();
    source.select();
    try { await navigator.clipboard.writeText(source.value); } catch { document.execCommand("copy"); }
    button.querySelector("span").textContent = button.dataset.copied;
  });
}
