// Pages: which one is shown is decided by the address and the style sheet; this only follows.
const navigation = document.querySelector("nav");
function arrived() {
  const [id, asked] = decodeHash();
  if (asked !== null) {
    location.replace(`#${id}`); // so that the style sheet shows the page; its own event comes back here
    waiting = [id, asked];
    return;
  }
  if (waiting && waiting[0] === id) {
    restore(id, new URLSearchParams(waiting[1]));
    remember(id);
  }
  waiting = null;
  const target = document.getElementById(id), page = target?.closest(".page") || document.getElementById("overview");
  if (target?.hidden) { target.hidden = false; target.scrollIntoView(); }
  if (!page.matches(".reader") && !page.matches(".kept")) together(null);
  document.title = `${page.querySelector("h1").textContent} · ${document.body.dataset.case}`;
  const home = page.matches(".reader") ? "documents" : page.matches(".matter") ? "matters" : page.matches(".actor") ? "actors" : page.id;
  for (const link of navigation.querySelectorAll("a")) {
    if (link.hash === `#${home}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}
let waiting = null;
function decodeHash() {
  const hash = location.hash.slice(1), at = hash.indexOf("?");
  return at < 0 ? [hash, null] : [hash.slice(0, at), hash.slice(at + 1)];
}
document.querySelectorAll("table.sorts").forEach(setUp);
addEventListener("hashchange", arrived);
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-set]");
  if (!link) return;
  event.preventDefault();
  location.hash = `${link.hash}?${link.dataset.set}`;
});
document.querySelector(".skip").addEventListener("click", (event) => {
  const shown = [...document.querySelectorAll("main > .page")].find((page) => page.offsetParent !== null);
  event.preventDefault();
  shown.tabIndex = -1;
  shown.focus();
});
const find = make("form", { className: "find" });
const sought = make("input", { type: "search", name: "find" }), answer = make("output");
find.append(make("label", {}, "Find in all ", sought), answer);
sought.addEventListener("input", () => { clearTimeout(find.timer); find.timer = setTimeout(seek, 150); });
find.addEventListener("submit", (event) => { event.preventDefault(); seek(); });
function seek() {
  const words = sought.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
  answer.replaceChildren();
  if (!words.length) return;
  for (const page of ["matters", "statements", "figures", "events", "documents"]) {
    const [state] = tables.get(page) || [];
    if (!state) continue;
    state.texts ??= new Map(state.rows.map((row) => [row, row.textContent.toLowerCase()]));
    let count = 0;
    for (const text of state.texts.values()) count += words.every((word) => text.includes(word));
    const name = page === "documents" ? "reports" : page;
    answer.append(make("a", { href: `#${page}?${new URLSearchParams({ words: words.join(" ") })}` }, `${name} ${count.toLocaleString("en")}`), " ");
  }
}
navigation.after(find);
// While the document loads, the browser looks for the address's target once more: a filter's is none.
if (decodeHash()[1] === null) arrived();
else addEventListener("load", () => setTimeout(arrived));
