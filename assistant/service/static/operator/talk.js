// 答复 and 记录: what was asked in this call, and what the service said.
import { get, post } from "./api.js";
import * as calls from "./call.js";
import { button, byId, complain, el, fill, tell, written } from "./dom.js";
import * as dock from "./dock.js";
import { emit } from "./host.js";
import * as rules from "./rules.js";
import * as sheet from "./sheet.js";
import { badge, cards, noticeLines, STATUS, verdictDetail, verdictLine, words } from "./show.js";

const KIND = { answer: "依据条款", verdict: "判定", clarify: "还要问", refuse: "不能答", chat: "问候" };

const PROPOSAL = "proposal"; // stands for the question whether a reading is what was meant

let turns = [];
let told = {}; // the facts that the service knows in this call
let shown = null; // the turn in view
let live = null; // where an answer that asks back shows what follows from the ticks
let asking = null;
let underWay = null; // the question that is being asked
let asAnswered = ""; // the facts as they were when the answer in view came

export async function ask(question) {
  if (question === underWay) return false; // a key pressed twice
  asking?.abort();
  underWay = question;
  const mine = new AbortController();
  asking = mine;
  const call = calls.now();
  const before = call.facts;
  complain();
  fill(byId("panel-answer"), el("p", { class: "note" }, "正在查找条款……"));
  try {
    const reply = await post(
      "/api/operator/ask",
      { question, conversation_id: call.conversationId, facts: news(call.facts), as_of: call.asOf },
      mine.signal,
    );
    if (calls.now() !== call || asking !== mine) return false;
    const turn = { question, at: new Date().toISOString(), ...reply };
    const { answer } = reply;
    turns.push(turn);
    calls.change({ conversationId: answer.conversation_id });
    learn(answer, before);
    draw(turn);
    emit("answer", {
      call: call.name,
      answer_id: answer.answer_id,
      conversation_id: answer.conversation_id,
      kind: answer.kind,
      reason: answer.reason,
      script: reply.brief.script,
    });
    tell(reply.brief.script, { aloud: true });
    return true;
  } catch (error) {
    if (error.name === "AbortError") return false;
    if (error.code === "unknown_conversation") calls.change({ conversationId: null });
    fill(byId("panel-answer"));
    if (shown) draw(shown);
    complain(error.message);
    return false;
  } finally {
    if (asking === mine) underWay = null;
  }
}

/** What was ticked, or taken back, since the service last heard. */
function news(facts) {
  const changed = Object.entries(facts).filter(([name, value]) => JSON.stringify(told[name]) !== JSON.stringify(value));
  const dropped = Object.keys(told).filter((name) => facts[name] === undefined);
  return Object.fromEntries([...changed, ...dropped.map((name) => [name, null])]);
}

/** The facts of an answer that the dictionary knows. */
function known(answer) {
  const facts = {};
  for (const [name, fact] of Object.entries(answer.facts)) {
    const value = fact.value === null ? undefined : rules.checked(name, fact.value);
    if (value !== undefined) facts[name] = value;
  }
  return facts;
}

/** What the caller's words told goes into the rows, where it can be mended; a newer tick stands. */
function learn(answer, before) {
  told = known(answer);
  const { facts } = calls.now();
  const untouched = ([name]) => JSON.stringify(facts[name]) === JSON.stringify(before[name]);
  calls.change({ facts: { ...facts, ...Object.fromEntries(Object.entries(told).filter(untouched)) } });
  const decided = answer.verdicts[0]?.rule_id;
  if (decided && rules.rule(decided) && answer.verdicts.length === 1) sheet.choose(decided);
  else sheet.refresh();
}

export function draw(turn) {
  shown = turn;
  live = null;
  asAnswered = JSON.stringify(calls.now().facts);
  const { answer } = turn;
  const [lead, more] = words(answer);
  const asked = answer.questions.filter((question) => rules.fact(question.fact));
  const inline = sheet.rowsFor(asked);
  fill(
    byId("panel-answer"),
    el("p", { class: "asked" }, badge([KIND[answer.kind], answer.kind === "refuse" ? "ended" : "plain"]), written(turn.question)),
    lead,
    ...meant(turn),
    ...verdicts(answer, inline),
    more,
    ...noticeLines(answer.notices.filter((notice) => !answer.text.includes(notice.text))),
    ...cards(answer.citations, answer.as_of),
    el("p", { class: "note" }, `按 ${answer.as_of}、${answer.jurisdiction}；以政府公布的文本为准。`),
  );
  for (const row of inline) row.refresh();
  dockTurn();
}

function dockTurn() {
  const { answer, brief, question } = shown;
  dock.show({
    script: brief.script,
    block: brief.block,
    conclusion: answer.verdicts.length === 1 ? verdictLine(answer.verdicts[0]) : [],
    question,
    answerId: answer.answer_id,
  });
}

/** The answer is in view again: what the dock copies is what is seen. */
export function dockAgain(seen) {
  if (!shown) return;
  dockTurn();
  dockLive(seen);
}

/** What the caller asked last; null before anything was asked. */
export const lastQuestion = () => turns.at(-1)?.question ?? null;

/** What a language model thinks the caller meant: it counts once the caller has said so. */
function meant(turn) {
  const question = turn.answer.questions.find(({ fact }) => fact === PROPOSAL);
  if (!question || turn !== turns.at(-1)) return [];
  const choices = question.choices.map((choice) => button(choice, () => ask(choice)));
  return [
    el(
      "div",
      { class: "meant", role: "group", "aria-label": question.text },
      el("p", {}, written(question.text)),
      ...choices,
    ),
  ];
}

function verdicts(answer, inline) {
  const parts = answer.verdicts.map((verdict) =>
    el("section", { class: "verdict" }, el("h2", { class: "verdict-line" }, ...verdictLine(verdict)), verdictDetail(verdict)),
  );
  if (inline.length) {
    live = el("div", { class: "live" });
    return [el("div", { class: "facts" }, ...inline.map((row) => row.element)), live, ...parts];
  }
  return parts;
}

/** After a tick: the verdict beneath the questions follows. */
export function follow(seen) {
  if (!live || !seen?.verdict) return;
  fill(
    live,
    el("h2", { class: "verdict-line" }, ...verdictLine(seen.verdict)),
    verdictDetail(seen.verdict),
  );
  for (const stale of live.parentElement.querySelectorAll(":scope > .verdict")) stale.remove();
}

/** What to say follows the ticks too, as long as the questions of an answer are in view. */
export function dockLive(seen) {
  if (!live || !seen?.verdict || JSON.stringify(calls.now().facts) === asAnswered) return;
  dock.show({
    script: seen.brief.script,
    block: seen.brief.block,
    conclusion: verdictLine(seen.verdict),
    question: shown?.question ?? null,
    answerId: shown?.answer.answer_id ?? null,
  });
}

/** A clause that was picked from the hits. */
export function showClause(clause) {
  live = null;
  const text = `${clause.doc_number ?? `《${clause.title}》`} ${clause.label}（${STATUS[clause.status][0]}）「${clause.quote}」`;
  fill(
    byId("panel-answer"),
    ...cards([clause], calls.now().asOf),
    button("复制这一条", async () => tell((await dock.copied(text)) ? "已复制这一条。" : "浏览器不让复制，请手工选取。")),
  );
}

/** The call on the line, with what the service kept of it. */
export async function open() {
  asking?.abort();
  underWay = null;
  turns = [];
  told = {};
  shown = null;
  live = null;
  dock.show(null);
  fill(byId("panel-answer"), el("p", { class: "note" }, "在上面打字即查；↑↓ 选择，回车提问。按 ? 看快捷键。"));
  const call = calls.now();
  if (call.conversationId) {
    try {
      const past = await get(`/api/operator/calls/${encodeURIComponent(call.conversationId)}`);
      if (calls.now() !== call) return;
      turns = past.turns.filter((turn) => turn.answer !== null);
      if (turns.length) {
        told = known(turns.at(-1).answer);
        draw(turns.at(-1));
      }
    } catch (error) {
      if (error.status === 404) calls.change({ conversationId: null });
      else complain(error.message);
    }
  }
  history();
}

export function history() {
  const past = turns
    .map((turn) =>
      el(
        "li",
        {},
        el(
          "button",
          {
            type: "button",
            class: "turn",
            on: {
              click: () => {
                draw(turn);
                byId("tab-answer").click();
              },
            },
          },
          badge([KIND[turn.answer.kind], "plain"]),
          el("span", { class: "turn-question" }, written(turn.question)),
          el("span", { class: "turn-script" }, written(turn.brief.script)),
        ),
      ),
    )
    .reverse();
  const others = calls
    .all()
    .filter((call) => call !== calls.now())
    .map((call) =>
      el(
        "li",
        {},
        button(calls.title(call), () => {
          calls.switchTo(call.key);
          byId("panel-history").dispatchEvent(new CustomEvent("switched"));
        }, { class: "turn" }),
      ),
    );
  fill(
    byId("panel-history"),
    el("h2", {}, "这次通话"),
    past.length ? el("ol", { class: "turns", reversed: true }, ...past) : el("p", { class: "note" }, "还没有问答。"),
    ...(others.length ? [el("h2", {}, "本班次的其他通话"), el("ul", { class: "turns" }, ...others)] : []),
  );
}
