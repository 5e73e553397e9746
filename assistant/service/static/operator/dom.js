// Elements made of text alone: nothing is ever parsed as markup.

const TURNING = /([\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069])/;

/** An element; strings become text, `on` holds listeners, null children are left out. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") {
      for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    } else {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** What somebody wrote, as text; a sign that turns the writing turns nothing but itself. */
export function written(text) {
  const pieces = String(text).split(TURNING);
  return el("bdi", {}, ...pieces.map((piece) => (TURNING.test(piece) ? el("bdi", {}, piece) : piece)));
}

export function button(text, onClick, attributes = {}) {
  return el("button", { type: "button", ...attributes, on: { click: onClick } }, text);
}

export const byId = (id) => document.getElementById(id);

export function fill(element, ...children) {
  element.replaceChildren(...children.flat().filter((child) => child !== null && child !== undefined));
}

/** `2026-12-22` as `2026年12月22日`. */
export function chineseDay(day) {
  const [year, month, date] = day.split("-").map(Number);
  return `${year}年${month}月${date}日`;
}

let serial = 0;
export const newId = (stem) => `${stem}-${(serial += 1)}`;

/** Tell it to those who see and to those who listen; `aloud` what is on screen anyway. */
export function tell(text, { aloud = false } = {}) {
  const status = byId("status");
  status.textContent = "";
  status.classList.toggle("unseen", aloud);
  requestAnimationFrame(() => {
    status.textContent = text;
  });
  clearTimeout(tell.timer);
  tell.timer = setTimeout(() => {
    status.textContent = "";
  }, 6000);
}

const complaints = { general: [], facts: [] };

/** Something that must be mended; nothing takes it away. */
export const complain = (...lines) => complainOf("general", lines);
export const complainOfFacts = (...lines) => complainOf("facts", lines);

function complainOf(what, lines) {
  complaints[what] = lines.filter(Boolean);
  const shown = [...complaints.general, ...complaints.facts];
  fill(byId("told"), ...shown.map((line) => el("p", {}, written(line))));
}
