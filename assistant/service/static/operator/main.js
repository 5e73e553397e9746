// The panel: wires the parts, one call on the line at a time.
import * as api from "./api.js";
import * as calls from "./call.js";
import * as dock from "./dock.js";
import { byId, complain, el, tell } from "./dom.js";
import * as host from "./host.js";
import * as keys from "./keys.js";
import * as reviews from "./reviews.js";
import * as rules from "./rules.js";
import * as search from "./search.js";
import { loginForm } from "./session.js";
import * as sheet from "./sheet.js";
import * as talk from "./talk.js";

const TABS = ["answer", "sheet", "history", "reviews"];
const NAME_AT_MOST = 64;
const AGAIN_MS = 3000; // a service that is starting is asked again

function show(name, { focus = false } = {}) {
  if (byId(`tab-${name}`).hidden) return;
  for (const each of TABS) {
    const isShown = each === name;
    byId(`panel-${each}`).hidden = !isShown;
    byId(`tab-${each}`).setAttribute("aria-selected", String(isShown));
    byId(`tab-${each}`).tabIndex = isShown ? 0 : -1;
  }
  if (name === "history") talk.history();
  if (name === "reviews") reviews.open();
  if (name === "answer" && sheet.current()) talk.dockAgain(sheet.inView());
  if (name === "sheet" && sheet.current()) dockSheet();
  if (focus && name === "sheet") sheet.focus();
  else if (focus) byId(`panel-${name}`).querySelector("select, button, input, a")?.focus();
}

/** By key, to another part: what was being searched for goes out of the way. */
function turnTo(name) {
  search.close();
  show(name, { focus: true });
}

const isShown = (name) => !byId(`panel-${name}`).hidden;

function buildTabs() {
  for (const name of TABS) byId(`tab-${name}`).addEventListener("click", () => show(name));
  document.querySelector("[role=tablist]").addEventListener("keydown", (event) => {
    const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!way) return;
    event.preventDefault();
    const open = TABS.filter((name) => !byId(`tab-${name}`).hidden);
    const at = open.findIndex((name) => byId(`tab-${name}`) === document.activeElement);
    const next = open[(at + way + open.length) % open.length];
    show(next);
    byId(`tab-${next}`).focus();
  });
}

function dockSheet() {
  const seen = sheet.inView();
  dock.show({
    script: seen.brief.script,
    block: seen.brief.block,
    conclusion: sheet.conclusion(),
    question: talk.lastQuestion(),
    answerId: null,
  });
}

function nameCall() {
  byId("call-name").textContent = calls.title(calls.now());
}

async function openCall() {
  nameCall();
  complain();
  byId("query").value = "";
  search.clear();
  sheet.open();
  show("answer");
  await talk.open();
}

async function newCall(name) {
  calls.begin(name);
  await openCall();
  byId("query").focus();
}

async function submit(event) {
  event.preventDefault();
  const question = byId("query").value.trim();
  search.close();
  if (question === "") return;
  show("answer");
  const isAnswered = await talk.ask(question);
  if (!isAnswered || byId("query").value.trim() !== question) return; // the next is being written
  byId("query").value = "";
  search.clear();
}

/** A call that the address or the host names; what is not understood is said and left out. */
async function openNamed({ call, facts, question }) {
  const wrong = [];
  const isName = typeof call === "string" && call.trim() !== "" && call.length <= NAME_AT_MOST;
  if (call !== undefined && !isName) wrong.push(`通话编号不能用：须为 1 至 ${NAME_AT_MOST} 个字。`);
  if (isName) calls.named(call.trim());
  const known = { ...calls.now().facts };
  if (facts !== undefined && (facts === null || typeof facts !== "object" || Array.isArray(facts))) {
    wrong.push("带来的情况无法读取，已忽略：facts 须为 JSON 对象。");
  } else {
    for (const [name, value] of Object.entries(facts ?? {})) {
      const allowed = rules.checked(name, value);
      if (allowed !== undefined) known[name] = allowed;
      else if (rules.fact(name)) wrong.push(`「${rules.fact(name).label}」的值不对，已忽略。`);
      else wrong.push(`不认识的情况「${name.slice(0, 64)}」，已忽略。`);
    }
  }
  calls.change({ facts: known });
  await openCall();
  if (typeof question === "string") byId("query").value = question.slice(0, 2000);
  complain(...wrong);
}

async function leave() {
  try {
    await api.logOut();
  } finally {
    calls.clearAll();
    location.assign("/auth/login");
  }
}

/** The session ended in the middle of a call: log in again without losing it. */
function askToLogIn() {
  if (document.querySelector("dialog.relogin")) return;
  const { form, focus } = loginForm((session) => {
    dialog.close();
    reviews.allow(session.tasks);
    tell("已重新登录，请再试一次。");
  });
  const dialog = el(
    "dialog",
    { class: "relogin", "aria-label": "重新登录", on: { close: () => dialog.remove() } },
    el("h2", {}, "登录已过期"),
    el("p", { class: "note" }, "登录后接着办，这次通话不会丢。"),
    form,
  );
  document.body.append(dialog);
  dialog.showModal();
  focus();
}

function wire() {
  byId("asking").addEventListener("submit", submit);
  byId("new-call").addEventListener("click", () => newCall());
  byId("open-help").addEventListener("click", keys.help);
  byId("log-out").addEventListener("click", leave);
  dock.build();
  byId("copy").addEventListener("click", dock.copy);
  byId("escalate").addEventListener("click", dock.escalate);
  byId("doubt").addEventListener("click", dock.doubt);
  byId("panel-history").addEventListener("switched", openCall);
  buildTabs();
  keys.build({
    search: () => {
      byId("query").focus();
      byId("query").select();
    },
    answer: () => turnTo("answer"),
    sheet: () => turnTo("sheet"),
    history: () => turnTo("history"),
    reviews: () => turnTo("reviews"),
    copy: dock.copy,
    escalate: dock.escalate,
    doubt: dock.doubt,
    newCall: () => newCall(),
  });
  search.build(({ rule, clause }) => {
    if (rule) {
      sheet.choose(rule.rule_id);
      show("sheet", { focus: true });
    } else {
      talk.showClause(clause);
      show("answer");
    }
  });
  let lastTold = "";
  sheet.onSheet((seen) => {
    talk.follow(seen);
    if (isShown("sheet") || Object.keys(calls.now().facts).length) {
      const { verdict } = seen;
      const told = JSON.stringify([calls.now().key, verdict?.rule_id, verdict?.outcome, verdict?.earliest_date]);
      if (verdict && told !== lastTold) {
        host.emit("verdict", {
          call: calls.now().name,
          rule_id: verdict.rule_id,
          outcome: verdict.outcome,
          earliest_date: verdict.earliest_date,
        });
      }
      lastTold = told;
    }
    if (isShown("sheet")) dockSheet();
    else talk.dockLive(seen);
  });
}

async function start() {
  let session;
  try {
    session = await api.session();
  } catch (error) {
    if (error.status === 401) {
      location.replace(`/auth/login?next=${encodeURIComponent(location.pathname + location.search)}`);
      return;
    }
    complain(error.message);
    if (error.status === 503 || error.status === 0) setTimeout(start, AGAIN_MS);
    return;
  }
  complain();
  reviews.allow(session.tasks);
  if (!session.tasks.includes("answer_calls")) {
    for (const part of ["asking", "tab-answer", "tab-sheet", "tab-history", "new-call", "panel-answer"]) byId(part).hidden = true;
    byId("call-name").textContent = `${session.role_name} ${session.login}`;
    byId("log-out").addEventListener("click", leave);
    buildTabs();
    show("reviews");
    return;
  }
  api.onLoggedOut(askToLogIn);
  try {
    await rules.load();
  } catch (error) {
    complain(error.message);
    return;
  }
  calls.restore();
  sheet.build();
  wire();
  const asked = host.fromAddress();
  if (asked) await openNamed(asked);
  else await openCall();
  host.listen(openNamed);
  byId("query").focus();
  host.emit("ready");
  document.documentElement.dataset.ready = "true";
}

start();
