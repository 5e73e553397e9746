// The calls of this shift in this tab: which one is on the line, and what is known in it.

const KEY = "assistant.calls";
const MOST = 8;

let calls = [];
let current = null;
const listeners = [];

const fresh = (name) => ({
  key: crypto.randomUUID?.() ?? String(Date.now() + Math.random()),
  name: name ?? null,
  startedAt: new Date().toISOString(),
  conversationId: null,
  facts: {},
  unclear: [],
  ruleId: null,
  asOf: null,
});

export function restore() {
  try {
    calls = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
  } catch {
    calls = [];
  }
  current = calls[0] ?? begin();
  return current;
}

export function begin(name) {
  current = fresh(name);
  calls = [current, ...calls].slice(0, MOST);
  changed();
  return current;
}

export function switchTo(key) {
  const found = calls.find((call) => call.key === key);
  if (found) {
    current = found;
    calls = [found, ...calls.filter((call) => call !== found)];
    changed();
  }
}

/** The call of that name, begun if there is none. */
export function named(name) {
  const found = calls.find((call) => call.name === name);
  if (found) switchTo(found.key);
  else begin(name);
}

export function change(values) {
  Object.assign(current, values);
  changed();
}

export function clearAll() {
  calls = [];
  current = null;
  sessionStorage.removeItem(KEY);
}

export const now = () => current;
export const all = () => calls;
export const onChange = (listener) => listeners.push(listener);

export function title(call) {
  const at = new Date(call.startedAt);
  const time = `${String(at.getHours()).padStart(2, "0")}:${String(at.getMinutes()).padStart(2, "0")}`;
  return call.name ? `通话 ${call.name}` : `通话 ${time}`;
}

function changed() {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(calls));
  } catch {
    // a full or forbidden store costs only what a reload would have kept
  }
  for (const listener of listeners) listener(current);
}
