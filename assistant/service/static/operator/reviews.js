// 复核: doubted answers, for a supervisor to approve, correct or reject.
import { get, post } from "./api.js";
import { button, byId, complain, el, fill, newId, tell, written } from "./dom.js";
import { badge, cards, verdictLine, words } from "./show.js";

const STATE = {
  pending: ["待复核", "careful"],
  approved: ["无误", "good"],
  corrected: ["已更正", "ended"],
  rejected: ["退回", "plain"],
};
let mayDecide = false;
let state = "pending";

export function allow(tasks) {
  mayDecide = tasks.includes("decide_reviews");
  byId("tab-reviews").hidden = !tasks.includes("read_reviews");
}

export async function open() {
  try {
    const { items } = await get(`/api/operator/reviews?state=${state}`);
    draw(items);
  } catch (error) {
    complain(error.message);
  }
}

function draw(items) {
  const toggle = (value, label) =>
    button(label, () => {
      state = value;
      open();
    }, { "aria-pressed": String(state === value), class: "filter" });
  fill(
    byId("panel-reviews"),
    el("div", { class: "filters", role: "group", "aria-label": "哪些复核" }, toggle("pending", "待复核"), toggle("decided", "处理过的"), button("刷新", open, { class: "quiet" })),
    ...(items.length ? items.map(one) : [el("p", { class: "note" }, state === "pending" ? "没有待复核的答复。" : "还没有处理过的。")]),
  );
}

function one(review) {
  const { answer } = review;
  const told = answer
    ? [
        el("p", { class: "asked" }, written(review.question ?? "")),
        ...words(answer),
        ...answer.verdicts.map((verdict) => el("p", { class: "verdict-line" }, ...verdictLine(verdict))),
        el("details", { class: "more" }, el("summary", {}, "依据原文"), ...cards(answer.citations, answer.as_of)),
      ]
    : [el("p", { class: "note" }, "对话已删除，原话不再保存。")];
  return el(
    "article",
    { class: "review", "data-review": review.review_id },
    el("p", { class: "review-head" }, badge(STATE[review.state]), ` ${review.asked_by} 交于 ${when(review.asked_at)}`),
    review.note ? el("p", { class: "review-note" }, written(review.note)) : null,
    ...told,
    review.state === "pending" ? (mayDecide ? decision(review) : null) : decided(review),
  );
}

function decided(review) {
  return el(
    "div",
    { class: "decided" },
    el("p", {}, `${review.decided_by} 于 ${when(review.decided_at)} 处理`),
    review.decision_note ? el("p", {}, written(review.decision_note)) : null,
    review.correction ? el("p", { class: "correction" }, el("b", {}, "更正："), written(review.correction)) : null,
  );
}

function decision(review) {
  const note = el("textarea", { id: newId("note"), rows: "2", maxlength: "2000" });
  const correction = el("textarea", { id: newId("correction"), rows: "3", maxlength: "2000" });
  const problem = el("p", { class: "problem", role: "alert" });
  const send = async (value) => {
    problem.textContent = "";
    if (!note.value.trim()) {
      problem.textContent = "请写明理由。";
      note.focus();
      return;
    }
    if (value === "corrected" && !correction.value.trim()) {
      problem.textContent = "更正须写明正确的答复。";
      correction.focus();
      return;
    }
    try {
      await post(`/api/operator/reviews/${review.review_id}/decision`, {
        state: value,
        note: note.value,
        ...(value === "corrected" ? { correction: correction.value } : {}),
      });
      tell("已处理。");
      await open();
      byId("panel-reviews").focus();
    } catch (error) {
      problem.textContent = error.message;
    }
  };
  return el(
    "div",
    { class: "decision" },
    el("label", { for: note.id }, "理由"),
    note,
    el("label", { for: correction.id }, "正确的答复（更正时写）"),
    correction,
    problem,
    el("div", { class: "dialog-actions" }, button("无误", () => send("approved")), button("更正", () => send("corrected"), { class: "primary" }), button("退回", () => send("rejected"))),
  );
}

function when(moment) {
  const at = new Date(moment);
  const two = (value) => String(value).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`;
}
