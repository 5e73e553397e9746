// 条件: the facts ticked, and what follows from them, worked out anew with every tick.
import { post } from "./api.js";
import * as calls from "./call.js";
import { button, byId, complainOfFacts, el, fill, newId } from "./dom.js";
import { factRows } from "./facts.js";
import * as rules from "./rules.js";
import { badge, cards, noticeLines, OUTCOME, verdictDetail, verdictLine } from "./show.js";

const ALL = ""; // all channels of settlement

let pending = null;
let latest = null;
let rows = [];
let core = new Set();
let isWhole = false;
const listeners = [];

const select = el("select", { id: "rule", on: { change: () => choose(select.value || null) } });
const day = el("input", { type: "date", id: "as-of", on: { change: () => later(day.value || null) } });
const channels = el("ul", { class: "channels", id: "channels", "aria-label": "各种途径" });
const detail = el("div", { id: "detail" });
const list = el("div", { class: "facts", id: "facts" });
const more = button("", () => showAll(!isWhole), { class: "quiet wide", "aria-controls": "facts" });

export const onSheet = (listener) => listeners.push(listener);
export const current = () => latest;

/** The ruling in view: of the rule chosen, or of the best channel. */
export function inView() {
  if (!latest) return null;
  const chosen = latest.items.find((item) => item.verdict.rule_id === calls.now().ruleId);
  return chosen ? { verdict: chosen.verdict, brief: chosen.brief } : { verdict: null, brief: latest.overall };
}

export function build() {
  const groups = rules.GROUPS.map(([, name]) => [name, rules.all().filter((rule) => rules.groupOf(rule) === name)]);
  select.append(
    el("option", { value: ALL }, "落户：全部途径"),
    ...groups
      .filter(([, members]) => members.length)
      .map(([name, members]) =>
        el("optgroup", { label: name }, ...members.map((rule) => el("option", { value: rule.rule_id }, rule.title))),
      ),
  );
  fill(
    byId("panel-sheet"),
    el("div", { class: "field" }, el("label", { for: "rule" }, "事项"), select),
    channels,
    el("h2", { id: "facts-title" }, "来电人的情况"),
    list,
    more,
    detail,
    el("div", { class: "field" }, el("label", { for: "as-of" }, "按哪一天（空为今天）"), day),
  );
  channels.addEventListener("keydown", rove);
  calls.onChange(() => {
    for (const row of rows) row.refresh();
  });
  open();
}

/** The first thing to tick, or what there is to choose. */
export function focus() {
  const row = rows.find((each) => !each.element.hidden);
  if (row) row.focus();
  else select.focus();
}

/** One stop for the Tab key; the arrows go from channel to channel. */
function rove(event) {
  const way = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  const each = [...channels.querySelectorAll("button")];
  const at = each.indexOf(document.activeElement);
  if (!way || at < 0) return;
  event.preventDefault();
  const next = each[(at + way + each.length) % each.length];
  for (const button of each) button.tabIndex = button === next ? 0 : -1;
  next.focus();
}

/** Show the call on the line, from the start. */
export function open() {
  const call = calls.now();
  select.value = call.ruleId ?? ALL;
  day.value = call.asOf ?? "";
  latest = null;
  layOut();
  refresh();
}

export function choose(ruleId) {
  calls.change({ ruleId });
  select.value = ruleId ?? ALL;
  layOut();
  refresh();
}

export function setFact(name, value) {
  const facts = { ...calls.now().facts };
  if (value === undefined) delete facts[name];
  else facts[name] = value;
  calls.change({ facts });
  refresh();
}

/** Rows elsewhere, of an answer that asks back, that share these facts. */
export function rowsFor(questions) {
  const asked = Object.fromEntries(questions.map((question) => [question.fact, question.text]));
  return factRows(Object.keys(asked).map(rules.fact), setFact, asked);
}

/** The rules whose facts are asked for: the one chosen, or all channels. */
function inQuestion() {
  const { ruleId } = calls.now();
  const settling = rules.all().filter((rule) => rule.rule_id.startsWith("settle."));
  return ruleId ? [ruleId] : settling.map((rule) => rule.rule_id);
}

function layOut() {
  rows = factRows(rules.factsOf(inQuestion()), setFact);
  core = new Set();
  isWhole = false;
  fill(list, ...rows.map((row) => row.element));
  for (const row of rows) row.refresh();
  mark();
}

function later(asOf) {
  calls.change({ asOf });
  refresh();
}

/** Ask what follows; only the newest question counts. */
export async function refresh() {
  pending?.abort();
  const asking = new AbortController();
  pending = asking;
  const { ruleId, facts, asOf } = calls.now();
  const isChannel = ruleId === null || ruleId.startsWith("settle.");
  try {
    const told = await post(
      "/api/operator/sheet",
      { facts, as_of: asOf, ...(isChannel ? {} : { rule_id: ruleId }) },
      asking.signal,
    );
    if (pending !== asking) return;
    latest = told;
    complainOfFacts();
    draw();
    for (const listener of listeners) listener(inView());
  } catch (error) {
    if (error.name === "AbortError" || pending !== asking) return;
    byId("panel-sheet").classList.add("stale");
    complainOfFacts(`${error.message}（下面的结论没有更新）`);
  }
}

function draw() {
  byId("panel-sheet").classList.remove("stale");
  const { ruleId } = calls.now();
  const hadFocus = document.activeElement?.closest("#channels")
    ? document.activeElement.dataset.rule
    : null;
  channels.classList.toggle("alone", latest.items.length === 1);
  fill(channels, ...latest.items.map(({ verdict }) => el("li", {}, channel(verdict, ruleId))));
  const stop =
    channels.querySelector(`[data-rule="${CSS.escape(hadFocus ?? ruleId ?? "")}"]`) ?? channels.querySelector("button");
  for (const each of channels.querySelectorAll("button")) each.tabIndex = each === stop ? 0 : -1;
  if (hadFocus) stop.focus();
  const chosen = latest.items.find((item) => item.verdict.rule_id === ruleId);
  fill(detail, ...(chosen ? about(chosen) : doubts(latest.notices)));
  mark();
}

function channel(verdict, ruleId) {
  const isChosen = verdict.rule_id === ruleId;
  return el(
    "button",
    {
      type: "button",
      class: "channel",
      "aria-pressed": String(isChosen),
      "data-rule": verdict.rule_id,
      "data-outcome": verdict.outcome,
      "aria-label": told(verdict),
      title: verdict.title,
      on: { click: () => choose(isChosen && verdict.rule_id.startsWith("settle.") ? null : verdict.rule_id) },
    },
    badge(OUTCOME[verdict.outcome]),
    el("span", { class: "channel-name" }, shortName(verdict.title)),
    isLater(verdict) ? el("span", { class: "verdict-day" }, `最早 ${verdict.earliest_date}`) : null,
  );
}

const isLater = (verdict) => verdict.earliest_date !== null && verdict.earliest_date > verdict.as_of;
const shortName = (title) => title.replace(/（[^）]*）/g, "").replace(/落户$/, "");
const told = (verdict) =>
  `${OUTCOME[verdict.outcome][0]} ${verdict.title}${isLater(verdict) ? ` 最早 ${verdict.earliest_date}` : ""}`;

function about({ verdict }) {
  const markers = new Set([...verdict.conditions, ...verdict.materials].map((part) => part.marker));
  const cited = latest.citations.filter((citation) => markers.has(citation.marker));
  const basis = newId("basis");
  return [
    el("h2", {}, `${verdict.title}的条件`),
    verdictDetail(verdict),
    ...noticeLines(latest.items.length === 1 ? latest.notices : []),
    el("details", { class: "more", id: basis }, el("summary", {}, "依据原文"), ...cards(cited, verdict.as_of)),
  ];
}

function doubts(notices) {
  if (!notices.length) return [];
  return [el("details", { class: "more" }, el("summary", {}, `各途径的提示（${notices.length}条）`), ...noticeLines(notices))];
}

/** Show the rows that matter; which row stands where never changes while facts are ticked. */
function mark() {
  const missing = new Set();
  for (const { verdict } of latest?.items ?? []) {
    if (calls.now().ruleId === null || verdict.rule_id === calls.now().ruleId)
      for (const name of verdict.missing_facts) missing.add(name);
  }
  for (const name of missing) core.add(name);
  const { facts } = calls.now();
  let hidden = 0;
  for (const row of rows) {
    const matters = row.names.some((name) => core.has(name) || facts[name] !== undefined);
    const isShown = isWhole || matters || row.element.contains(document.activeElement);
    row.element.hidden = !isShown;
    hidden += isShown ? 0 : 1;
    row.mark(row.names.some((name) => missing.has(name)));
  }
  more.hidden = hidden === 0 && !isWhole;
  more.textContent = isWhole ? "只看要紧的情况" : `其他情况（${hidden}项）`;
  more.setAttribute("aria-expanded", String(isWhole));
}

function showAll(whole) {
  isWhole = whole;
  mark();
}

/** One line for the dock. */
export function conclusion() {
  const seen = inView();
  if (!seen) return [];
  if (seen.verdict) return verdictLine(seen.verdict);
  const counts = new Map();
  for (const { verdict } of latest.items) counts.set(verdict.outcome, (counts.get(verdict.outcome) ?? 0) + 1);
  return [...counts].map(([outcome, count]) =>
    el("span", { class: "count" }, badge(OUTCOME[outcome]), ` ${count}`),
  );
}
