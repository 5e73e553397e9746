// The rules and the facts they read, as the service lists them.
import { get } from "./api.js";

export const GROUPS = [
  ["settle.", "落户"],
  ["permit.", "居住证"],
  ["medical.", "医疗保障"],
  ["", "其他"],
];

let rules = [];
let facts = new Map();

export async function load() {
  rules = (await get("/api/rules")).rules;
  facts = new Map();
  for (const rule of rules) for (const fact of rule.facts) if (!facts.has(fact.name)) facts.set(fact.name, fact);
}

export const all = () => rules;
export const fact = (name) => facts.get(name);
export const rule = (id) => rules.find((each) => each.rule_id === id);
export const groupOf = (rule) => GROUPS.find(([stem]) => rule.rule_id.startsWith(stem))[1];

/** The facts that these rules read, each once, an alternative right behind what it stands for. */
export function factsOf(ids) {
  const names = [];
  for (const id of ids) for (const each of rule(id)?.facts ?? []) if (!names.includes(each.name)) names.push(each.name);
  return names.map(fact);
}

/** Rules that the words name, or whose clauses were found, the nearest first. */
export function find(words, clauses) {
  const letters = [...words.replace(/[\s，。？！、,.?!]/g, "")];
  const scored = rules.map((each, order) => {
    const shared = new Set(letters.filter((letter) => each.title.includes(letter))).size;
    const at = clauses.findIndex((clause) => each.clause_ids.some((id) => related(id, clause.clause_id)));
    const named = letters.length > 1 && shared / new Set(letters).size >= 0.6 ? shared : 0;
    return { each, score: named * 2 + (at < 0 ? 0 : 4 - at), order };
  });
  return scored
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.order - b.order)
    .map(({ each }) => each);
}

const related = (one, other) => one === other || one.startsWith(`${other}__`) || other.startsWith(`${one}__`);

/** The value if the dictionary allows it, else undefined. */
export function checked(name, value) {
  const known = fact(name);
  if (!known) return undefined;
  if (known.type === "boolean") return typeof value === "boolean" ? value : undefined;
  if (known.type === "integer") return Number.isInteger(value) && within(known, value) ? value : undefined;
  if (known.type === "money") return Number.isFinite(value) && within(known, value) ? value : undefined;
  if (known.type === "date") return isDay(value) ? value : undefined;
  if (known.type === "enum") return (known.choices ?? []).includes(value) ? value : undefined;
  if (known.type === "list")
    return Array.isArray(value) && value.every((item) => (known.choices ?? []).includes(item)) ? value : undefined;
  return undefined;
}

const within = (known, value) =>
  value >= (known.minimum ?? 0) && value <= (known.maximum ?? Number.MAX_SAFE_INTEGER);

function isDay(value) {
  if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}
