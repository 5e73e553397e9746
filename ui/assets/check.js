// Runs once for the form: it is drawn when first looked at, and decided whenever it changes.
const QUIET_MS = 250;
let pending;
let redrawn = false;
let sent = null;
let waiting = [];

function form() {
  return element.querySelector("form.check");
}

function written() {
  return form() ? Object.fromEntries(new FormData(form())) : {};
}

// One event is on its way at a time. Of those that wait the last counts, after a form that is
// still to be drawn; what was written in a form that gives way to another rule's does not.
function told(act, more = {}, held = written()) {
  const { rule, as_of, ...values } = held;
  const message = { act, rule, as_of, values, ...more };
  const drawing = [...waiting, sent].find((other) => other?.act === "open");
  if (act === "open" || !drawing) waiting = [message];
  else if (!drawing.rule || drawing.rule === rule) waiting = [...waiting.filter((m) => m === drawing), message];
  next();
}

function next() {
  if (sent || !waiting.length) return;
  sent = waiting.shift();
  trigger("submit", sent);
}

window.policyCheck = {
  done() {
    sent = null;
    next();
  },
};

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

element.addEventListener("reset", () => {
  if (!redrawn) setTimeout(() => told("open"), 0);
});

// A field drawn in the place of another would go on holding what was written in that one.
watch("value", () => {
  redrawn = true;
  form()?.reset();
  redrawn = false;
});
element.addEventListener("submit", (event) => event.preventDefault());

document.addEventListener("click", (event) => {
  const goto = event.target.closest("[data-goto]");
  if (!goto) return;
  const field = element.querySelector(`[data-fact="${CSS.escape(goto.dataset.goto)}"]`);
  field?.scrollIntoView({ block: "center" });
  (field?.querySelector("input:checked") ?? field?.querySelector("input"))?.focus({ preventScroll: true });
});
