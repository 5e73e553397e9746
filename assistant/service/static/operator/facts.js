// One row a fact: what the caller says is ticked, counted or dated here.
import * as calls from "./call.js";
import * as rules from "./rules.js";
import { el, newId } from "./dom.js";

const BUTTONS_AT_MOST = 4; // a longer list of choices becomes a drop-down

/** Rows for these facts; `onSet(name, value)` hears of every change, `asked` words some as questions. */
export function factRows(facts, onSet, asked = {}) {
  const groups = [];
  for (const fact of facts) {
    const primary = fact.instead_of && groups.find((group) => group[0].name === fact.instead_of);
    if (primary) primary.push(fact);
    else groups.push([fact]);
  }
  return groups.map((group) => row(group, onSet, asked[group[0].name]));
}

function row(group, onSet, question) {
  const controls = group.map((fact) => control(fact, (value) => set(fact, value)));
  const element = el(
    "fieldset",
    { class: "fact", "data-fact": group[0].name },
    el("legend", {}, question ?? (group.length > 1 ? `${group[0].label}（或${short(group)}）` : group[0].label)),
    el("div", { class: "fact-controls" }, ...controls.map((each) => each.element)),
  );
  function set(fact, value) {
    // one way to state it at a time, or the two could contradict each other
    controls.forEach((each, index) => {
      if (group[index] !== fact && value !== undefined && calls.now().facts[group[index].name] !== undefined) {
        each.show(undefined, false);
        onSet(group[index].name, undefined);
      }
    });
    onSet(fact.name, value);
  }
  return {
    element,
    names: group.map((fact) => fact.name),
    refresh() {
      const { facts, unclear } = calls.now();
      controls.forEach((each, index) => each.show(facts[group[index].name], unclear.includes(group[index].name)));
    },
    mark(missing) {
      element.classList.toggle("missing", missing);
    },
    focus() {
      element.querySelector("input:checked, input, select")?.focus();
    },
  };
}

const short = (group) => group.slice(1).map((fact) => fact.label).join("、");

function control(fact, set) {
  if (fact.type === "boolean") return choices(fact, [["是", true], ["否", false], ["不清楚", undefined]], set);
  if (fact.type === "enum" && fact.choices.length <= BUTTONS_AT_MOST)
    return choices(fact, [...fact.choices.map((choice) => [choice, choice]), ["不清楚", undefined]], set);
  if (fact.type === "enum") return dropDown(fact, set);
  if (fact.type === "list") return several(fact, set);
  return typed(fact, set);
}

function choices(fact, offered, set) {
  const name = newId("fact");
  const inputs = offered.map(([, value], index) =>
    el("input", {
      type: "radio",
      name,
      id: `${name}-${index}`,
      on: {
        change: () => {
          const { unclear } = calls.now();
          const rest = unclear.filter((each) => each !== fact.name);
          calls.change({ unclear: value === undefined ? [...rest, fact.name] : rest });
          set(value);
        },
      },
    }),
  );
  return {
    element: el(
      "div",
      { class: "choices", role: "group", "aria-label": fact.label },
      ...offered.map(([label], index) => el("span", { class: "choice" }, inputs[index], el("label", { for: inputs[index].id }, label))),
    ),
    show(value, isUnclear) {
      inputs.forEach((input, index) => {
        const offer = offered[index][1];
        input.checked = offer === undefined ? isUnclear && value === undefined : offer === value;
      });
    },
  };
}

function dropDown(fact, set) {
  const select = el(
    "select",
    {
      "aria-label": fact.label,
      on: { change: () => set(select.value === "" ? undefined : select.value) },
    },
    el("option", { value: "" }, "不清楚"),
    ...fact.choices.map((choice) => el("option", { value: choice }, choice)),
  );
  return {
    element: select,
    show(value) {
      select.value = value ?? "";
    },
  };
}

function several(fact, set) {
  const boxes = (fact.choices ?? []).map((choice) => {
    const id = newId("fact");
    return el("input", {
      type: "checkbox",
      id,
      value: choice,
      on: {
        change: () => {
          const picked = boxes.filter((box) => box.checked).map((box) => box.value);
          set(picked.length ? picked : undefined);
        },
      },
    });
  });
  return {
    element: el(
      "div",
      { class: "choices", role: "group", "aria-label": fact.label },
      ...boxes.map((box) => el("span", { class: "choice" }, box, el("label", { for: box.id }, box.value))),
    ),
    show(value) {
      for (const box of boxes) box.checked = (value ?? []).includes(box.value);
    },
  };
}

function typed(fact, set) {
  const isDay = fact.type === "date";
  const input = el("input", {
    type: isDay ? "date" : "number",
    "aria-label": fact.unit ? `${fact.label}（${fact.unit}）` : fact.label,
    inputmode: isDay ? null : fact.type === "money" ? "decimal" : "numeric",
    step: isDay ? null : fact.type === "money" ? "0.01" : "1",
    min: isDay ? null : fact.minimum ?? 0,
    max: isDay ? null : fact.maximum,
    on: {
      input: () => {
        const value = input.value === "" ? undefined : isDay ? input.value : Number(input.value);
        const allowed = value === undefined ? undefined : rules.checked(fact.name, value);
        const isWrong = (value !== undefined && allowed === undefined) || input.validity.badInput;
        input.setAttribute("aria-invalid", String(isWrong));
        set(isWrong ? undefined : allowed); // nothing is worked out with a value that is no longer shown
      },
    },
  });
  return {
    element: el("span", { class: "typed" }, input, fact.unit ? el("span", { class: "unit" }, fact.unit) : null),
    show(value) {
      const isWrong = document.activeElement === input && input.getAttribute("aria-invalid") === "true";
      if (isWrong) return; // it is being mended
      const text = value === undefined ? "" : String(value);
      if (document.activeElement !== input || value === undefined) input.value = text;
      input.removeAttribute("aria-invalid");
    },
  };
}

/** 1, 2, 3 … choose in the row that has the focus and go on to the next; Enter goes on from a number. */
export function rowKeys(event) {
  const row = event.target.closest?.("fieldset.fact");
  if (!row || event.altKey || event.ctrlKey || event.metaKey) return false;
  if (event.key === "Enter" && event.target.matches("input, select")) {
    onward(row);
    return true;
  }
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
  if (!digit || !event.target.matches("input[type=radio], input[type=checkbox]")) return false;
  const options = [...event.target.closest(".choices").querySelectorAll("input")];
  const option = options[Number(digit) - 1];
  if (!option) return false;
  option.click();
  if (option.type === "radio") onward(row);
  return true;
}

function onward(row) {
  let next = row.nextElementSibling;
  while (next && (next.hidden || !next.matches("fieldset.fact"))) next = next.nextElementSibling;
  (next?.querySelector("input:checked, input, select") ?? row.querySelector("input:checked, input, select"))?.focus();
}
