// While something is being made, renews the parts of the page marked data-live every three seconds; when all is made,
// loads the page once more, unless somebody is writing in it.

let written = false;
addEventListener("input", () => { written = true; });

function load() {
  const here = new URL(location.href);
  here.searchParams.delete("xong");  // what was told once is not told again
  history.replaceState(null, "", here);
  location.reload();
}

const again = () => setTimeout(renew, 3000);

async function renew() {
  try {
    const answer = await fetch(location.pathname + location.search);
    if (!answer.ok || answer.redirected) return again();
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const unfinished = fresh.querySelector('[data-live="on"]');
    if (!unfinished && !written) return load();
    for (const part of document.querySelectorAll("[data-live]")) {
      const next = part.id && fresh.getElementById(part.id);
      if (next && !part.contains(document.activeElement)) part.replaceWith(document.adoptNode(next));
    }
    if (!unfinished) return undefined;
  } catch { /* the server is away: ask again */ }
  return again();
}

again();
