// Thêm tin, tìm nguồn: says what was pasted, opens what a photo needs, and shows that something is being fetched.

const form = document.querySelector("[data-adding]");
const box = form?.querySelector("[data-box]");
const files = form?.querySelector("[data-files]");
const isLink = (text) => /^(https?:\/\/)?[\w-]+(\.[\w-]+)+(:\d+)?([/?]\S*)?$/i.test(text.trim()) && !/\s/.test(text.trim());

if (box) {
  const hint = document.getElementById(box.getAttribute("aria-describedby"));
  const usual = hint.textContent;
  const look = () => {
    const text = box.value.trim();
    hint.textContent = !text ? usual : isLink(text) ? box.dataset.link : box.dataset.text;
    hint.classList.toggle("is-sure", Boolean(text));
  };
  box.addEventListener("input", look);
  if (box.value) look();
}

if (files) {
  files.addEventListener("change", () => {
    if ([...files.files].some((file) => file.type.startsWith("image/"))) document.getElementById("anh-o").open = true;
  });
  for (const kind of ["dragenter", "dragleave", "drop"]) files.addEventListener(kind, () => files.classList.toggle("is-over", kind === "dragenter"));
}

for (const sent of document.querySelectorAll("form[data-adding], form[data-fetching]")) {
  sent.addEventListener("submit", () => {
    const wait = sent.querySelector("[data-waiting]");
    if (!wait || (box && !isLink(box.value) && !files?.files.length)) return;
    wait.hidden = false;
    sent.querySelector(".btn-main").setAttribute("aria-busy", "true");
  });
}
addEventListener("pageshow", () => {
  for (const wait of document.querySelectorAll("[data-waiting]")) wait.hidden = true;
  for (const button of document.querySelectorAll('.btn-main[aria-busy="true"]')) button.removeAttribute("aria-busy");
});
