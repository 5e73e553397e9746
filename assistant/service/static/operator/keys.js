// Everything by keyboard, and the sheet that says how.
import { button, el, newId } from "./dom.js";
import { rowKeys } from "./facts.js";

/** Alt and a letter, by the place of the key: [code, shown, what it does, action name]. */
export const SHORTCUTS = [
  ["KeyS", "Alt+S", "到查询框", "search"],
  ["KeyQ", "Alt+Q", "看答复", "answer"],
  ["KeyW", "Alt+W", "看条件", "sheet"],
  ["KeyR", "Alt+R", "看记录", "history"],
  ["KeyT", "Alt+T", "看复核（班长）", "reviews"],
  ["KeyC", "Alt+C", "复制话术和依据", "copy"],
  ["KeyU", "Alt+U", "升级", "escalate"],
  ["KeyM", "Alt+M", "标为存疑", "doubt"],
  ["KeyN", "Alt+N", "新通话", "newCall"],
];
const WITHOUT_ALT = [
  ["↑ ↓", "在查到的条目里选择"],
  ["回车", "查询框里：打开选中的条目，没有选中就提问"],
  ["1 2 3", "勾选当前一项（是 / 否 / 不清楚），并到下一项"],
  ["Tab", "到下一项；Shift+Tab 到上一项；各途径之间用方向键"],
  ["回车", "数字、日期、下拉框里：到下一项"],
  ["Ctrl+回车", "备注写好后送出"],
  ["Esc", "收起列表，关闭对话框"],
  ["?", "这张表"],
];

export function build(actions) {
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented) return;
    const isTyping = event.target.matches?.(
      "input:not([type=radio]):not([type=checkbox]), textarea, select",
    );
    const isEmptyQuery = event.target.id === "query" && event.target.value === "";
    if (document.querySelector("dialog[open]")) return;
    if (rowKeys(event)) {
      event.preventDefault();
    } else if (event.altKey && !event.ctrlKey && !event.metaKey) {
      const found = SHORTCUTS.find(([code]) => code === event.code);
      if (found) {
        event.preventDefault();
        actions[found[3]]();
      }
    } else if (["?", "？"].includes(event.key) && (!isTyping || isEmptyQuery)) {
      event.preventDefault();
      help();
    }
  });
}

export function help() {
  const heading = newId("title");
  const rows = [...SHORTCUTS.map(([, keys, what]) => [keys, what]), ...WITHOUT_ALT];
  const dialog = el(
    "dialog",
    { "aria-labelledby": heading, on: { close: () => dialog.remove() } },
    el("h2", { id: heading }, "快捷键"),
    el("dl", { class: "keys" }, ...rows.flatMap(([keys, what]) => [el("dt", {}, el("kbd", {}, keys)), el("dd", {}, what)])),
    el("div", { class: "dialog-actions" }, button("关闭", () => dialog.close(), { class: "primary" })),
  );
  document.body.append(dialog);
  dialog.showModal();
}
