// The dock: the sentence to say, one action to copy it with its basis, and the two ways to ask for help.
import { post } from "./api.js";
import * as calls from "./call.js";
import { button, byId, el, fill, newId, tell, written } from "./dom.js";
import { emit } from "./host.js";

let shown = null;

/** What comes into view stays clear of the dock, however tall the dock is now. */
export function build() {
  new ResizeObserver(makeRoom).observe(byId("dock"));
}

/** A dock that has grown must not hide what the keys are on. */
function makeRoom() {
  const dock = byId("dock");
  document.documentElement.style.setProperty("--dock", `${dock.offsetHeight}px`);
  const at = document.activeElement;
  if (dock.hidden || !at?.closest("main") || dock.contains(at)) return;
  const hidden = at.getBoundingClientRect().bottom > dock.getBoundingClientRect().top;
  if (hidden) at.scrollIntoView({ block: "nearest" });
}

/** `{script, block, conclusion, question, answerId, ruleId}`; null empties the dock. */
export function show(next) {
  shown = next;
  byId("dock").hidden = next === null;
  if (next === null) return;
  fill(byId("conclusion"), ...(next.conclusion ?? []));
  byId("conclusion").hidden = !next.conclusion?.length;
  fill(byId("script"), written(next.script));
  byId("doubt").disabled = !next.answerId;
  byId("doubt").title = next.answerId ? "" : "提问得到答复之后可以标为存疑";
  makeRoom();
}

export async function copy() {
  if (shown === null) return;
  const { block } = shown;
  if (await copied(block)) {
    tell("已复制话术和依据。");
    emit("copied", { call: calls.now().name, text: block });
  } else {
    tell("浏览器不让复制，请手工选取。");
  }
}

/** Whether the text is on the clipboard; the old way serves where the new one is closed. */
export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = el("textarea", { class: "unseen", "aria-hidden": "true", tabindex: "-1" });
    const before = document.activeElement;
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    before?.focus();
    return done;
  }
}

export function escalate() {
  const call = calls.now();
  const attached = [
    shown?.question ? `问题：${shown.question}` : null,
    `情况：${Object.keys(call.facts).length} 项`,
    shown?.answerId ? "答复和引文" : "按情况得出的结论和引文",
  ].filter(Boolean);
  noteDialog({
    title: "升级",
    lead: `一并送出：${attached.join("；")}。个人信息会先隐去。`,
    label: "备注：要接手的人做什么",
    submit: "送出",
    send: async (note) => {
      const packet = {
        note,
        call: call.name,
        facts: call.facts,
        as_of: call.asOf,
        ...(shown?.answerId
          ? { conversation_id: call.conversationId, answer_id: shown.answerId }
          : { rule_id: call.ruleId, question: shown?.question ?? null }),
      };
      const told = await post("/api/operator/escalations", packet);
      emit("escalated", { call: call.name, escalation_id: told.escalation_id, state: told.state });
      return told.state === "failed" ? failed(told) : `${told.message}编号 ${told.escalation_id}`;
    },
  });
}

function failed(told) {
  const again = button("重新发送", async () => {
    again.disabled = true;
    try {
      const next = await post(`/api/operator/escalations/${told.escalation_id}/delivery`);
      fill(line, next.message, next.state === "failed" ? again : null);
      emit("escalated", { call: calls.now().name, escalation_id: told.escalation_id, state: next.state });
    } catch (error) {
      fill(line, error.message, again);
    } finally {
      again.disabled = false;
    }
  });
  const line = el("p", { class: "problem", role: "alert" }, `${told.message}编号 ${told.escalation_id} `, again);
  return line;
}

export function doubt() {
  if (!shown?.answerId) {
    tell(shown?.question ? "现在看的是条件；按 Alt+Q 回到答复，再标为存疑。" : "先提问，才有答复可以标为存疑。");
    return;
  }
  const { answerId } = shown;
  noteDialog({
    title: "标为存疑",
    lead: "交班长复核。请写明哪里可疑；个人信息会先隐去。",
    label: "备注：哪里可疑",
    submit: "交复核",
    send: async (note) => {
      await post("/api/operator/reviews", { answer_id: answerId, note });
      return "已交班长复核。";
    },
  });
}

/** A dialog with one note; stays open, with the note, when sending fails. */
function noteDialog({ title, lead, label, submit, send }) {
  const note = el("textarea", { id: newId("note"), rows: "4", maxlength: "2000", required: true });
  const problem = el("div", { class: "problem", role: "alert" });
  const go = el("button", { type: "submit", class: "primary" }, submit);
  const heading = newId("title");
  const close = button("取消", () => dialog.close());
  const form = el(
    "form",
    {
      on: {
        submit: async (event) => {
          event.preventDefault();
          go.disabled = true;
          problem.textContent = "";
          try {
            const told = await send(note.value);
            if (typeof told === "string") {
              dialog.close();
              tell(told);
            } else {
              fill(problem, told);
              close.textContent = "关闭";
              go.hidden = true;
            }
          } catch (error) {
            problem.textContent = error.message;
          } finally {
            go.disabled = false;
          }
        },
        keydown: (event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
        },
      },
    },
    el("h2", { id: heading }, title),
    el("p", { class: "note" }, written(lead)),
    el("label", { for: note.id }, label),
    note,
    problem,
    el("div", { class: "dialog-actions" }, go, close),
  );
  const dialog = el(
    "dialog",
    { "aria-labelledby": heading, on: { close: () => dialog.remove() } },
    form,
  );
  document.body.append(dialog);
  dialog.showModal();
  note.focus();
}
