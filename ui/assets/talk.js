// Runs once for the conversation: taps become events, and the newest answer is shown and told.
const { heard, remember } = window.policyViews;
const latest = () => [...element.querySelectorAll(".turn")].pop();
let sent = null; // the message on its way
let drawn = false; // whether what came of it is shown
let next = null; // tapped or typed when it was drawn, and not yet dealt with

function send(control, value) {
  const { act, fact } = control.dataset;
  window.policyPage.send({ act, fact, value });
}

watch("value", () => {
  // emptied only to make room for the first answer, it is not drawn yet
  drawn ||= element.querySelector(".turn, #examples") !== null;
  for (const form of element.querySelectorAll("form")) form.reset(); // a control patched in place keeps the old words
  remember();
});

element.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-act]");
  if (button) send(button, button.dataset.value ?? "");
  const reference = event.target.closest("a.ref");
  if (reference) openCard(event, reference);
});

element.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-act]");
  if (!form) return;
  event.preventDefault();
  const value = form.elements.value.value.trim();
  if (value) send(form, value);
  else form.elements.value.focus();
});

function openCard(event, reference) {
  const card = document.getElementById(reference.getAttribute("href").slice(1));
  if (!card) return;
  event.preventDefault();
  for (const old of document.querySelectorAll(".sought")) old.classList.remove("sought");
  card.closest("details")?.setAttribute("open", "");
  card.classList.add("sought");
  card.scrollIntoView({ block: "center" });
  card.focus({ preventScroll: true });
}

function words(turn) {
  const said = turn.querySelector(".anew, .problem, .said.first");
  const asked = turn.querySelector(".question");
  const cards = turn.querySelectorAll(".quote").length;
  const parts = [said?.textContent, asked && `请回答：${asked.textContent}`];
  if (cards) parts.push(`依据 ${cards} 条，在下面。`);
  return parts.filter(Boolean).join(" ");
}

function showLatest(message) {
  const turn = latest();
  if (message.act === "ask" && turn.querySelector(".reply.problem")) window.policyComposer.giveBack(message.value);
  window.policyComposer.began(true);
  heard(words(turn));
  turn.scrollIntoView({ block: "start" });
  if (message.act === "ask") return;
  (turn.querySelector(".question") ?? turn.querySelector(".first"))?.focus({ preventScroll: true });
}

function showStart() {
  window.policyComposer.began(false);
  heard("已重新开始，前面的内容已清空。");
  window.scrollTo({ top: 0 });
}

function dispatch(message) {
  sent = message;
  drawn = false;
  window.policyPage.waits(true);
  trigger("submit", message);
}

window.policyPage = {
  /** Send one message for the day and the place that are shown; false while another is on its way. */
  send(message) {
    if (next || (sent && !drawn)) {
      heard("正在回答前一个问题，请等它答完。");
      return false;
    }
    const terms = window.policyComposer.terms();
    if (!terms) return false;
    const whole = { ...message, ...terms };
    if (sent) next = whole;
    else dispatch(whole);
    return true;
  },
  /** What was typed and is not answered yet. */
  unsent() {
    return [next, sent].find((message) => message?.act === "ask")?.value ?? "";
  },
  /** Until its answer is there, nothing of an earlier one can be acted on. */
  waits(busy) {
    for (const control of element.querySelectorAll("[data-act]")) control.inert = busy;
    window.policyComposer.waits(busy);
  },
  /** The message is dealt with; the page may draw what came of it a little later. */
  done(tries = 100) {
    if (!sent) return;
    if (!drawn && tries > 0) return void setTimeout(() => window.policyPage.done(tries - 1), 50);
    const message = sent;
    sent = null;
    window.policyPage.waits(false);
    if (!drawn) {
      window.policyComposer.giveBack(message.act === "ask" ? message.value : "");
      heard("没有得到回答，请再试一次。");
    } else if (message.act === "restart") showStart();
    else showLatest(message);
    const following = next;
    next = null;
    if (following) dispatch(following);
  },
};
