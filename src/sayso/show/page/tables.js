"use strict";
// Tables: sorting, filters that stand in the address, copying as CSV. Without scripts tables are whole.
const SHOWN = 200;
const make = (name, fields = {}, ...children) => {
  const made = Object.assign(document.createElement(name), fields);
  made.append(...children);
  return made;
};
const tables = new Map(); // page's id → its filtered tables

function setUp(table) {
  const body = table.tBodies[0], heads = [...table.tHead.rows[0].cells];
  const page = table.closest(".page").id, state = { table, body, heads, page, limit: SHOWN, sort: "" };
  state.rows = [...body.rows];
  state.wanted = {};
  state.fields = {};
  const box = make("div", { className: "filter" });
  const changed = () => { clearTimeout(state.timer); state.timer = setTimeout(() => { apply(state); remember(page); }, 120); };
  const field = (key, label, input) => {
    state.fields[key] = input;
    input.addEventListener("input", () => { state.wanted[key] = input.value; state.limit = SHOWN; changed(); });
    box.append(make("label", {}, label, input));
  };
  field("words", "Words", make("input", { type: "search" }));
  heads.forEach((head, column) => {
    const key = head.dataset.filter, title = head.textContent;
    if (key === "date") {
      field("from", `${title} from`, make("input", { type: "date" }));
      field("to", "to", make("input", { type: "date" }));
    } else if (key) {
      const select = make("select", {}, new Option("any", ""));
      select.addEventListener("focus", () => fill(state, select, column), { once: true });
      select.addEventListener("pointerdown", () => fill(state, select, column), { once: true });
      field(key, title, select);
    }
    const button = make("button", { type: "button" }, ...head.childNodes);
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      sort(state, column, head.getAttribute("aria-sort") === "ascending");
      remember(page);
    });
  });
  state.told = make("output");
  const copy = make("button", { type: "button", className: "copy" }, "Copy as CSV");
  copy.addEventListener("click", () => { copyText(csv(state)); copy.textContent = "Copied"; setTimeout(() => (copy.textContent = "Copy as CSV"), 1500); });
  box.append(state.told, copy);
  state.more = make("button", { type: "button", className: "more" }, "Show more");
  state.more.addEventListener("click", () => { state.limit += 5 * SHOWN; apply(state); });
  const frame = table.closest(".scroll") || table;
  frame.before(box);
  frame.after(state.more);
  if (!table.classList.contains("filters")) [...box.querySelectorAll("label")].forEach((label) => label.remove());
  tables.set(page, [...(tables.get(page) || []), state]);
  apply(state);
}
const cell = (row, column) => row.cells[column].textContent.trim();
function values(state, row, column) {
  const text = cell(row, column);
  return "many" in state.heads[column].dataset ? text.split("; ") : [text];
}
function fill(state, select, column) {
  const counts = new Map(), now = select.value;
  for (const row of state.rows) for (const value of values(state, row, column)) if (value) counts.set(value, (counts.get(value) || 0) + 1);
  const sorted = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  select.replaceChildren(new Option("any", ""), ...sorted.map(([value, count]) => new Option(`${value} (${count})`, value)));
  select.value = now;
}
function tests(state) {
  const found = [], wanted = state.wanted;
  const words = (wanted.words || "").toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length) {
    state.texts ??= new Map(state.rows.map((row) => [row, row.textContent.toLowerCase()]));
    found.push((row) => { const text = state.texts.get(row); return words.every((word) => text.includes(word)); });
  }
  state.heads.forEach((head, column) => {
    const key = head.dataset.filter;
    if (key === "date" && (wanted.from || wanted.to)) found.push((row) => within(cell(row, column), wanted.from, wanted.to));
    else if (key && wanted[key]) found.push((row) => values(state, row, column).includes(wanted[key]));
  });
  return found;
}
// A window of days passes when it may lie between the two days asked for.
function within(text, from, to) {
  const days = text.match(/\d{4}-\d\d-\d\d/g);
  if (!days) return false;
  const first = text.startsWith("by ") ? "" : days[0], last = text.endsWith("later") ? "9999" : days[days.length - 1];
  return (!from || last >= from) && (!to || first <= to);
}
function apply(state) {
  const all = tests(state);
  let left = 0;
  state.matches = [];
  for (const row of state.rows) {
    const passes = all.every((test) => test(row));
    if (passes) state.matches.push(row);
    left += passes;
    const hide = !passes || left > state.limit;
    if (row.hidden !== hide) row.hidden = hide;
  }
  state.told.textContent = all.length ? `${left.toLocaleString("en")} of ${state.rows.length.toLocaleString("en")}` : `${left.toLocaleString("en")} in all`;
  state.more.hidden = left <= state.limit;
  state.more.textContent = `Show more (${Math.min(state.limit, left).toLocaleString("en")} of ${left.toLocaleString("en")} shown)`;
}
function sort(state, column, down) {
  const head = state.heads[column], number = head.classList.contains("n");
  state.heads.forEach((other) => other.removeAttribute("aria-sort"));
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  state.sort = (down ? "-" : "") + column;
  const keyed = state.rows.map((row) => [number ? parseFloat(cell(row, column).replaceAll(",", "")) : cell(row, column).toLowerCase(), row]);
  const blank = (key) => key === "" || Number.isNaN(key);
  keyed.sort(([a], [b]) => blank(a) - blank(b) || (down ? -1 : 1) * (a < b ? -1 : a > b ? 1 : 0));
  state.rows = keyed.map(([, row]) => row);
  state.body.append(...state.rows);
  apply(state);
}
function csv(state) {
  const quote = (text) => { const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text; return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe; };
  const line = (cells) => [...cells].map((one) => quote(one.textContent.trim())).join(",");
  return [line(state.heads), ...state.matches.map((row) => line(row.cells))].join("\r\n") + "\r\n";
}
function copyText(text) {
  const fallback = () => {
    const area = make("textarea", { value: text });
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  };
  if (navigator.clipboard) navigator.clipboard.writeText(text).catch(fallback);
  else fallback();
}
// The address: #statements?speaker=Russia&words=truce&sort=-3
function remember(page) {
  const asked = new URLSearchParams();
  for (const state of tables.get(page).slice(0, 1)) {
    for (const [key, value] of Object.entries(state.wanted)) if (value) asked.set(key, value);
    if (state.sort) asked.set("sort", state.sort);
  }
  history.replaceState(null, "", `#${page}${asked.size ? `?${asked}` : ""}`);
}
function restore(page, asked) {
  const [state] = tables.get(page) || [];
  if (!state) return;
  state.wanted = {};
  for (const [key, input] of Object.entries(state.fields)) {
    const value = asked.get(key) || "";
    if (value && input.tagName === "SELECT" && ![...input.options].some((option) => option.value === value)) input.add(new Option(value, value));
    input.value = value;
    if (value) state.wanted[key] = value;
  }
  const order = asked.get("sort");
  state.limit = SHOWN;
  if (order && state.heads[Math.abs(order)]) sort(state, Math.abs(order), order.startsWith("-"));
  else apply(state);
}
