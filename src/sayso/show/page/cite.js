// Citations stand in the page; an opened one gives the page its address, and gets a button to copy it.
document.addEventListener("toggle", (event) => {
  const cite = event.target;
  if (!cite.matches("details.cite, details.citation")) return;
  cite.querySelector("button")?.remove();
  if (!cite.open) return;
  const text = cite.textContent.slice(cite.querySelector("summary").textContent.length).trim();
  const anchor = text.match(/#[a-z]-[0-9a-f]+$/);
  if (anchor) history.replaceState(null, "", anchor[0]);
  const copy = make("button", { type: "button", className: "copy" }, "Copy");
  copy.addEventListener("click", () => { copyText(text); copy.textContent = "Copied"; });
  cite.append(" ", copy);
}, true);
