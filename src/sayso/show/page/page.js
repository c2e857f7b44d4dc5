"use strict";
// Sorting and filtering of tables. Without scripts the tables are simply whole.
for (const table of document.querySelectorAll("table.sorts")) {
  const body = table.tBodies[0], heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const number = head.classList.contains("n");
      const keyed = [...body.rows].map((row) => {
        const text = row.cells[column].textContent.trim();
        return [number ? parseFloat(text.replaceAll(",", "")) : text.toLowerCase(), row];
      });
      const blank = (key) => key === "" || Number.isNaN(key);
      keyed.sort(([a], [b]) => blank(a) - blank(b) || (down ? -1 : 1) * (a < b ? -1 : a > b ? 1 : 0));
      body.append(...keyed.map(([, row]) => row));
    });
  });
}
for (const table of document.querySelectorAll("table.filters")) {
  const rows = [...table.tBodies[0].rows], box = document.createElement("div");
  const name = table.caption.textContent;
  const label = document.createElement("label"), input = document.createElement("input");
  const told = document.createElement("output");
  box.className = "filter";
  input.type = "search";
  label.append(`Filter ${name.toLowerCase()} `, input);
  box.append(label, told);
  table.before(box);
  let texts = null, timer = 0;
  const apply = () => {
    texts ??= rows.map((row) => row.textContent.toLowerCase());
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let left = 0;
    rows.forEach((row, n) => { left += !(row.hidden = !words.every((word) => texts[n].includes(word))); });
    told.textContent = words.length ? `${left} of ${rows.length}` : "";
  };
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(apply, 120); });
}
