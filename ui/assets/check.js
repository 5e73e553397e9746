// Runs once for the form: it is drawn when first looked at, and decided whenever it changes.
const QUIET_MS = 250;
let pending;

function form() {
  return element.querySelector("form.check");
}

function written() {
  return form() ? Object.fromEntries(new FormData(form())) : {};
}

function told(act, more = {}, held = written()) {
  const { rule, as_of, ...values } = held;
  trigger("submit", { act, rule, as_of, values, ...more });
}

window.addEventListener("check", (event) => {
  if (event.detail) told("open", { rule: event.detail, known: true });
  else if (!form()) told("open");
});

element.addEventListener("input", (event) => {
  clearTimeout(pending);
  const act = event.target.name === "rule" ? "open" : "decide";
  const held = written(); // now: a form drawn meanwhile would hold another choice
  pending = setTimeout(() => told(act, {}, held), event.target.type === "text" ? QUIET_MS : 0);
});

element.addEventListener("reset", () => setTimeout(() => told("open"), 0));
element.addEventListener("submit", (event) => event.preventDefault());

document.addEventListener("click", (event) => {
  const goto = event.target.closest("[data-goto]");
  if (!goto) return;
  const field = element.querySelector(`[data-fact="${CSS.escape(goto.dataset.goto)}"]`);
  field?.scrollIntoView({ block: "center" });
  (field?.querySelector("input:checked") ?? field?.querySelector("input"))?.focus({ preventScroll: true });
});
