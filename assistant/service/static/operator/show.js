// Citations, verdicts and answers as elements.
import { chineseDay, el, written } from "./dom.js";

export const STATUS = {
  in_force: ["现行有效", "good"],
  superseded: ["已被替代", "ended"],
  expired: ["已失效", "ended"],
  repealed: ["已废止", "ended"],
  amended: ["已修改删去", "ended"],
  draft: ["征求意见稿", "careful"],
  interpretation: ["政策解读", "careful"],
  not_yet_in_force: ["未施行", "careful"],
};
export const OUTCOME = {
  eligible: ["符合", "good"],
  ineligible: ["不符合", "ended"],
  undetermined: ["待确认", "careful"],
  rule_uncertain: ["没有定论", "careful"],
  not_applicable: ["不适用", "plain"],
};
const CONDITION = { met: ["符合", "good"], unmet: ["不符合", "ended"], unknown: ["待确认", "careful"] };
const PAPER = { have: ["有", "good"], lack: ["没有", "ended"], unknown: ["待备", "careful"] };

export const badge = ([name, tone]) => el("span", { class: `badge ${tone}` }, name);

/** Where the source viewer shows the quote, to the character. */
export function sourceLink(citation, asOf) {
  const query = new URLSearchParams({ start: citation.source.start, end: citation.source.end });
  if (asOf) query.set("as_of", asOf);
  return `/source/${encodeURIComponent(citation.clause_id)}?${query}#${encodeURIComponent(citation.clause_id)}`;
}

/** One card a clause and status, with every quote of it. */
export function cards(citations, asOf) {
  const places = new Map();
  for (const citation of citations) {
    const key = `${citation.clause_id} ${citation.status}`;
    if (!places.has(key)) places.set(key, []);
    places.get(key).push(citation);
  }
  return [...places.values()].map((quoted) => card(quoted, asOf));
}

function card(quoted, asOf) {
  const first = quoted[0];
  return el(
    "article",
    { class: "card" },
    el(
      "header",
      {},
      badge(STATUS[first.status]),
      el("span", { class: "card-number" }, written(first.doc_number ?? first.title)),
    ),
    el("p", { class: "card-label" }, written(first.label)),
    ...quoted.map((citation) =>
      el(
        "blockquote",
        {},
        written(citation.quote),
        el(
          "a",
          {
            href: sourceLink(citation, asOf),
            target: "_blank",
            rel: "noopener",
            "aria-label": `查看原文 第${citation.marker}处引文`,
          },
          "原文",
        ),
      ),
    ),
  );
}

export function verdictLine(verdict) {
  const later = verdict.earliest_date && verdict.earliest_date > verdict.as_of;
  const amount = verdict.outcome === "eligible" && verdict.amount?.value != null ? verdict.amount : null;
  return [
    badge(OUTCOME[verdict.outcome]),
    el("span", { class: "verdict-title" }, written(verdict.title)),
    later ? el("span", { class: "verdict-day" }, `最早 ${verdict.earliest_date}`) : null,
    amount ? el("span", { class: "verdict-day" }, `${amount.value}${amount.unit}`) : null,
  ];
}

export function verdictDetail(verdict) {
  const lines = verdict.conditions.map((condition) =>
    el(
      "li",
      {},
      badge(CONDITION[condition.status]),
      el(
        "span",
        {},
        written(condition.label),
        el("small", {}, written(`要求：${condition.required}${condition.actual ? `；现在：${condition.actual}` : ""}`)),
      ),
    ),
  );
  lines.push(
    ...verdict.materials.map((paper) =>
      el("li", {}, badge(PAPER[paper.status]), el("span", {}, written(paper.name), el("small", {}, "要带的材料"))),
    ),
  );
  const notes = [];
  if (verdict.earliest_date && verdict.earliest_date > verdict.as_of)
    notes.push(`现在的情况不变，最早${chineseDay(verdict.earliest_date)}符合。`);
  if (verdict.amount) notes.push(`算法：${verdict.amount.formula}`);
  if (verdict.covers?.length) notes.push(`可以一起迁：${verdict.covers.join("、")}。`);
  if (verdict.premises.length) notes.push(`前提：${verdict.premises.join("；")}。`);
  return el(
    "div",
    { class: "detail" },
    el("ul", { class: "conditions" }, ...lines),
    ...notes.map((note) => el("p", { class: "note" }, written(note))),
  );
}

export const noticeLines = (notices) =>
  notices.map((notice) => el("p", { class: "notice" }, written(notice.text)));

/** The words of an answer: what comes first stands out, the rest can be opened. */
export function words(answer) {
  const [first, ...rest] = answer.text.split("\n").filter((line) => line.trim());
  const more = rest.length
    ? el("details", { class: "more" }, el("summary", {}, "答复全文"), ...rest.map((line) => el("p", {}, written(line))))
    : null;
  return [el("p", { class: "lead" }, written(first ?? "")), more];
}
