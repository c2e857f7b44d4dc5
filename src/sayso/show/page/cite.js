// Citations: the words by their offsets, who said them, through whom, where, and how to check.
const reports = new Map(); // anchor of a report → its row
function wordsOf(article, start, end) {
  let found = "";
  for (const block of article.querySelectorAll("[data-at]")) {
    let at = Number(block.dataset.at);
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT, (node) => node.parentElement.closest("sup,.kind") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    let first = block.querySelector(":scope > .kind") !== null;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      let text = node.data;
      if (first) { text = text.replace(/^ /, ""); first = false; }
      const points = [...text];
      if (at < end && at + points.length > start) found += points.slice(Math.max(0, start - at), end - at).join("");
      at += points.length;
    }
  }
  return found;
}
const spansOf = (text) => [...text.matchAll(/(\d+)–(\d+)/g)].map((match) => [Number(match[1]), Number(match[2])]);
function citation(cite) {
  const id = cite.hash.slice(1), version = document.body.dataset.version;
  const kind = { s: "statements", f: "figures", e: "events" }[id[0]], spot = cite.closest("li") || cite.parentElement;
  const row = document.querySelector(`#table-${kind} a[href="#${id}"]`)?.closest("tr");
  if (!row) return "";
  const heads = [...row.closest("table").tHead.rows[0].cells].map((head) => head.textContent.trim());
  const at = (title) => row.cells[heads.indexOf(title)]?.textContent.trim() || "";
  const article = cite.closest("article.reader"), spans = spansOf(article ? spot.lastChild.textContent : cite.textContent);
  const words = article ? spans.map(([start, end]) => wordsOf(article, start, end)).join(" … ") : at("Words") || at("Figure");
  const hash = (article || row).dataset.hash;
  const chain = [at("Speaker"), at("Via"), at("Outlet")].filter(Boolean).join(" → ");
  const headline = article ? `“${article.querySelector("h1").textContent}”, ` : "";
  return `“${words}” ${chain}, ${at("Published")}. ${headline}characters ${spans.map((span) => span.join("–")).join(", ")} of the text with SHA-256 ${hash}. sayso ${version}, case ${document.body.dataset.case}, ${kind.slice(0, -1)} ${id.slice(2)}, #${id}`;
}
let panel;
document.addEventListener("click", (event) => {
  const cite = event.target.closest("a.cite");
  if (!cite || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  history.replaceState(null, "", cite.hash);
  if (!panel) {
    const text = make("textarea", { readOnly: true, ariaLabel: "Citation" });
    const copy = make("button", { type: "button" }, "Copy"), close = make("button", { type: "button" }, "Close");
    copy.addEventListener("click", () => { text.select(); copyText(text.value); copy.textContent = "Copied"; });
    close.addEventListener("click", () => panel.close());
    panel = make("dialog", { ariaLabel: "Cite this" }, make("p", {}, "The address of this page now leads to these words."), text, copy, " ", close);
    document.body.append(panel);
  }
  panel.querySelector("textarea").value = citation(cite);
  panel.querySelector("button").textContent = "Copy";
  panel.showModal();
});
