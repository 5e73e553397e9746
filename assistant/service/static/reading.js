// Before the first paint: the reader's own size and contrast. Then the controls that change them.
const root = document.documentElement;
const PREFERENCES = { size: "large", contrast: "high" };

function remembered(name) {
  try {
    return localStorage.getItem(`reading-${name}`);
  } catch {
    return null;
  }
}

function remember(name, value) {
  try {
    localStorage.setItem(`reading-${name}`, value);
  } catch {
    // a browser that keeps nothing still shows it this time
  }
}

function apply(name, on) {
  if (on) root.dataset[name] = PREFERENCES[name];
  else delete root.dataset[name];
  for (const button of document.querySelectorAll(`[data-preference="${name}"]`)) {
    button.setAttribute("aria-pressed", String(on));
  }
}

const wantsContrast = window.matchMedia("(prefers-contrast: more)").matches;
apply("size", remembered("size") === "on");
apply("contrast", (remembered("contrast") ?? (wantsContrast ? "on" : "off")) === "on");

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-preference]");
  if (button) {
    const name = button.dataset.preference;
    const on = !(name in root.dataset);
    remember(name, on ? "on" : "off");
    apply(name, on);
  }
  if (event.target.closest("[data-print]")) window.print();
});

/** Brings controls that were drawn just now to what holds. */
function markReading() {
  for (const name of Object.keys(PREFERENCES)) apply(name, name in root.dataset);
}

document.addEventListener("DOMContentLoaded", markReading);
