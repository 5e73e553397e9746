// Runs once for the line to write in: what its fields show is what is sent.
const form = element.querySelector("form");
const { question, as_of: day, place } = form.elements;
const { heard } = window.policyViews;
const opener = form.querySelector("#where-when");
const terms = form.querySelector("#terms");
const read = form.querySelector("#as-of-read");
const pick = form.querySelector("#pick");
const picker = form.querySelector("#picker");
const DAY = /^(\d{4})(?:[年./-](\d{1,2})[月./-](\d{1,2})[日号]?|(\d{2})(\d{2}))$/;
const UNREAD = "看不懂这个日期，请写成 2024年8月1日 这样。";

/** The day that is meant, null where none is; undefined for what is no day. */
function dayOf(written) {
  const plain = written.normalize("NFKC").replace(/\s/g, "");
  if (!plain) return null;
  const [, year, month, date, month2, date2] = plain.match(DAY) ?? [];
  const meant = new Date(0);
  meant.setUTCFullYear(Number(year), Number(month ?? month2) - 1, Number(date ?? date2));
  const real = meant.getUTCMonth() + 1 === Number(month ?? month2);
  return real && Number(year) > 0 ? meant : undefined;
}

function inWords(meant) {
  return `${meant.getUTCFullYear()}年${meant.getUTCMonth() + 1}月${meant.getUTCDate()}日`;
}

function shown(open) {
  terms.hidden = !open;
  opener.setAttribute("aria-expanded", String(open));
}

function tell() {
  const meant = dayOf(day.value);
  read.textContent = meant ? `按${inWords(meant)}的规定回答。` : meant === null ? "" : UNREAD;
  day.setAttribute("aria-invalid", String(meant === undefined));
  const chosen = [meant && inWords(meant), place.value.trim()].filter(Boolean).join("，");
  opener.querySelector(".chosen").textContent = chosen && `（${chosen}）`;
}

function fit() {
  question.style.height = "auto";
  question.style.height = `${question.scrollHeight + 2}px`; // with its border
}

function ask() {
  const words = question.value.trim();
  if (!words) return question.focus();
  if (!window.policyPage.send({ act: "ask", value: words })) return;
  question.value = "";
  fit();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask();
});

form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || event.keyCode === 229) return;
  if (event.target === question && !event.shiftKey) {
    event.preventDefault();
    ask();
  } else if (event.target === day || event.target === place) {
    event.preventDefault(); // the question is what Enter sends
    question.focus();
  }
});

form.addEventListener("input", (event) => (event.target === question ? fit() : tell()));
opener.addEventListener("click", () => shown(terms.hidden));
form.querySelector("#restart").addEventListener("click", () => window.policyPage.send({ act: "restart" }));

pick.hidden = !picker.showPicker;
pick.addEventListener("click", () => {
  picker.value = dayOf(day.value)?.toISOString().slice(0, 10) ?? "";
  picker.showPicker();
});
picker.addEventListener("change", () => {
  const meant = dayOf(picker.value);
  day.value = meant ? inWords(meant) : "";
  tell();
  day.focus();
});

window.policyComposer = {
  /** The day and the place as they are shown; null, and told, where the day cannot be read. */
  terms() {
    if (dayOf(day.value) !== undefined) return { as_of: day.value.trim(), place: place.value.trim() };
    shown(true);
    heard(UNREAD);
    day.focus();
    return null;
  },
  waits(busy) {
    form.querySelector("#send").setAttribute("aria-disabled", String(busy));
    form.querySelector("#restart").setAttribute("aria-disabled", String(busy));
  },
  /** Puts back what could not be answered, unless something else is being written. */
  giveBack(words) {
    if (!question.value) question.value = words;
    fit();
  },
  began(any) {
    form.querySelector("#restart").hidden = !any;
    if (!any) question.focus({ preventScroll: true });
  },
};
