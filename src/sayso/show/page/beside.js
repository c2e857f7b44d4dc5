// On a wide screen a matter stays in sight when one of its words is followed into its article.
const wide = matchMedia("(min-width: 70rem)");
function together(kept) {
  document.querySelectorAll(".kept").forEach((page) => page.classList.remove("kept"));
  document.body.classList.toggle("beside", Boolean(kept));
  if (kept) kept.classList.add("kept");
}
document.addEventListener("click", (event) => {
  const link = event.target.closest("main a[href^='#']");
  if (!link || !wide.matches || event.ctrlKey || event.metaKey) return;
  const target = document.getElementById(link.hash.slice(1)), page = link.closest(".page");
  const reader = target?.closest(".reader");
  if (reader && page.matches(".matter") && !page.matches(".kept")) together(page);
  else if (reader && page.matches(".kept, .reader")) return;
  else together(null);
});
