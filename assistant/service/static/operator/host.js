// Talking with the system that frames the panel: only with origins the settings allow.

export const VERSION = 1;
const EVENTS = "assistant.";

const allowed = (document.querySelector('meta[name="embed-origins"]')?.content ?? "").split(" ").filter(Boolean);

function hostOrigin() {
  if (window.parent === window) return null;
  const origin =
    location.ancestorOrigins?.[0] ?? (document.referrer ? new URL(document.referrer).origin : null);
  return origin && (origin === location.origin || allowed.includes(origin)) ? origin : null;
}

const host = hostOrigin();

/** Tell the host; `data` holds plain values. */
export function emit(event, data = {}) {
  if (host !== null) window.parent.postMessage({ type: EVENTS + event, version: VERSION, ...data }, host);
}

/** Hear of calls that the host opens; whatever comes from elsewhere is not even looked at. */
export function listen(open) {
  window.addEventListener("message", (event) => {
    if (host === null || event.source !== window.parent || event.origin !== host) return;
    const message = event.data;
    if (message === null || typeof message !== "object" || message.type !== `${EVENTS}open`) return;
    open({ call: message.call, facts: message.facts, question: message.question });
  });
}

/** What the address asks for: `?call=…&facts=…&question=…`. */
export function fromAddress() {
  const query = new URLSearchParams(location.search);
  if (![...query.keys()].length) return null;
  const told = { call: query.get("call") ?? undefined, question: query.get("question") ?? undefined };
  if (query.has("facts")) {
    try {
      told.facts = JSON.parse(query.get("facts"));
    } catch {
      told.facts = "unreadable";
    }
  }
  return told;
}
