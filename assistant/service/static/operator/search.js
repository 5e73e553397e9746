// Clauses and rules while typing; the newest key wins, and what is being composed is left alone.
import { get } from "./api.js";
import * as calls from "./call.js";
import { byId, el, fill, written } from "./dom.js";
import * as rules from "./rules.js";
import { badge, STATUS } from "./show.js";

const PAUSE_MS = 40;
const RULES_AT_MOST = 3;
const CLAUSES_AT_MOST = 6;

let timer = null;
let pending = null;
let options = [];
let active = -1;
let pick = () => {};

const query = () => byId("query");

export function build(onPick) {
  pick = onPick;
  query().addEventListener("input", (event) => {
    if (!event.isComposing) schedule();
  });
  query().addEventListener("compositionend", schedule);
  query().addEventListener("keydown", keys);
  query().addEventListener("focus", () => {
    if (options.length) open(true);
  });
  for (const leaving of ["pointerdown", "focusin"]) {
    document.addEventListener(leaving, (event) => {
      if (!event.target.closest?.("#asking, #hits")) close();
    });
  }
}

export function close() {
  clearTimeout(timer);
  pending?.abort();
  open(false);
}

export function clear() {
  close();
  options = [];
  fill(byId("hits"));
}

/** The first key asks at once; those that follow quickly ask together. */
function schedule() {
  const isIdle = timer === null;
  clearTimeout(timer);
  timer = setTimeout(() => {
    timer = null;
    if (!isIdle) look();
  }, PAUSE_MS);
  if (isIdle) look();
}

async function look() {
  const words = query().value.trim();
  pending?.abort();
  if (words === "") {
    clear();
    return;
  }
  const asking = new AbortController();
  pending = asking;
  const search = new URLSearchParams({ q: words, limit: String(CLAUSES_AT_MOST) });
  if (calls.now().asOf) search.set("as_of", calls.now().asOf);
  try {
    const found = await get(`/api/search?${search}`, asking.signal);
    if (pending !== asking) return;
    draw(words, rules.find(words, found.items).slice(0, RULES_AT_MOST), found.items);
  } catch (error) {
    if (error.name === "AbortError" || pending !== asking) return;
    options = [];
    fill(byId("hits"), el("p", { class: "problem" }, written(error.message)));
    open(true);
  }
}

function draw(words, named, clauses) {
  const chosen = options[active]?.key;
  options = [
    ...named.map((rule) => option(["规则", "plain"], rule.title, null, { rule })),
    ...clauses.map((clause) =>
      option(STATUS[clause.status], `${clause.doc_number ?? clause.title} ${clause.label}`, clause.quote, { clause }),
    ),
  ];
  active = -1;
  query().removeAttribute("aria-activedescendant");
  const none = el("p", { class: "note" }, "没有查到；回车可以提问。");
  fill(byId("hits"), ...(options.length ? options.map((each) => each.element) : [none]));
  byId("hits").dataset.words = words;
  open(document.activeElement === query());
  const again = options.findIndex((each) => each.key === chosen);
  if (again >= 0 && !byId("hits").hidden) step(again); // what was chosen stays chosen when more is found
}

function option(mark, title, text, target) {
  const order = `hit-${option.count++}`;
  const each = {
    target,
    key: target.rule?.rule_id ?? target.clause.clause_id,
    element: el(
      "div",
      {
        id: order,
        class: "hit",
        role: "option",
        "aria-selected": "false",
        on: {
          pointerdown: (event) => event.preventDefault(), // the focus stays in the field
          click: () => choose(each),
        },
      },
      badge(mark),
      el("span", { class: "hit-title" }, written(title)),
      text === null ? null : el("span", { class: "hit-text" }, written(text)),
    ),
  };
  return each;
}
option.count = 0;

function choose(each) {
  close();
  pick(each.target);
}

function open(isOpen) {
  byId("hits").hidden = !isOpen;
  query().setAttribute("aria-expanded", String(isOpen && options.length > 0));
  if (!isOpen) step(null);
}

function step(to) {
  options[active]?.element.setAttribute("aria-selected", "false");
  active = to ?? -1;
  const element = options[active]?.element;
  element?.setAttribute("aria-selected", "true");
  element?.scrollIntoView({ block: "nearest" });
  if (element) query().setAttribute("aria-activedescendant", element.id);
  else query().removeAttribute("aria-activedescendant");
}

function keys(event) {
  if (event.isComposing || event.altKey || event.ctrlKey) return;
  if ((event.key === "ArrowDown" || event.key === "ArrowUp") && options.length) {
    event.preventDefault();
    if (byId("hits").hidden) open(true);
    const way = event.key === "ArrowDown" ? 1 : -1;
    step((active + way + options.length + (active < 0 && way < 0 ? 1 : 0)) % options.length);
  } else if (event.key === "Enter" && active >= 0) {
    event.preventDefault();
    choose(options[active]);
  } else if (event.key === "Escape" && !byId("hits").hidden) {
    event.preventDefault();
    event.stopPropagation();
    close();
  }
}
