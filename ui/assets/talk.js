// Runs once for the conversation: taps become events, and the newest answer is shown and told.
const { heard, remember } = window.policyViews;
const latest = () => [...element.querySelectorAll(".turn")].pop();
let tapped = false;

function send(control, value) {
  tapped = true;
  const { act, fact } = control.dataset;
  trigger("submit", { act, fact, value });
}

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

window.policyPage = {
  /** Until its answer is there, nothing of an earlier one can be acted on. */
  waits(busy) {
    for (const control of element.querySelectorAll("[data-act]")) control.inert = busy;
  },
  showLatest(tries = 100) {
    const turn = latest();
    if (!turn || !words(turn)) {
      // the answer may come before the page has drawn it
      if (tries > 0) setTimeout(() => window.policyPage.showLatest(tries - 1), 50);
      return;
    }
    window.policyPage.waits(false);
    for (const form of element.querySelectorAll("form")) form.reset();
    remember();
    heard(words(turn));
    turn.scrollIntoView({ block: "start" });
    if (tapped) (turn.querySelector(".question") ?? turn.querySelector(".first"))?.focus({ preventScroll: true });
    tapped = false;
  },
  showStart() {
    heard("已重新开始，前面的内容已清空。");
    window.scrollTo({ top: 0 });
    document.querySelector("#question textarea")?.focus({ preventScroll: true });
  },
};
