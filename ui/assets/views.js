// The two views, and what can be done with an answer. Listens on the document: what is shown changes.
window.policyViews = (() => {
  const page = document.documentElement;
  const rated = new Map(); // answer id -> what was said about it, while the page is open

  function heard(words) {
    const place = document.getElementById("heard");
    if (place) place.textContent = words;
  }

  function mark() {
    for (const button of document.querySelectorAll(".views [data-view]")) {
      button.setAttribute("aria-pressed", String(button.dataset.view === (page.dataset.view ?? "ask")));
    }
    window.markReading?.();
  }

  function show(view, rule) {
    page.dataset.view = view;
    mark();
    history.replaceState(null, "", view === "check" ? "#check" : location.pathname);
    if (view === "check") window.dispatchEvent(new CustomEvent("check", { detail: rule }));
  }

  async function copy(words) {
    try {
      await navigator.clipboard.writeText(words);
      return true;
    } catch {
      const area = document.createElement("textarea"); // pages without https have no clipboard
      area.value = words;
      document.body.append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      return done;
    }
  }

  function tell(button, words) {
    const name = (button.dataset.name ??= button.textContent);
    button.textContent = words;
    heard(words);
    setTimeout(() => (button.textContent = name), 2500);
  }

  async function copyAnswer(button) {
    const held = button.closest(".reply").querySelector(".to-copy");
    const link = held.dataset.link ? `\n依据页：${location.origin}${held.dataset.link}` : "";
    tell(button, (await copy(held.textContent + link)) ? "已复制" : "没有复制成，请长按选取");
  }

  async function share(button) {
    const url = location.origin + button.dataset.link;
    if (navigator.share) {
      try {
        await navigator.share({ title: "政策依据", url });
        return;
      } catch (error) {
        if (error.name === "AbortError") return;
      }
    }
    tell(button, (await copy(url)) ? "链接已复制" : "请长按「依据页」复制链接");
  }

  function print(button) {
    const printed = button.closest(".turn, .check-result");
    const opened = [...printed.querySelectorAll("details:not([open], .facts, .other-day)")];
    for (const address of printed.querySelectorAll("[data-address]")) {
      address.textContent = location.origin + address.dataset.address;
    }
    for (const details of opened) details.open = true;
    page.classList.add("one");
    printed.classList.add("printed");
    addEventListener(
      "afterprint",
      () => {
        for (const details of opened) details.open = false;
        page.classList.remove("one");
        printed.classList.remove("printed");
      },
      { once: true },
    );
    window.print();
  }

  function speak(button) {
    const voice = window.speechSynthesis;
    const speaking = button.getAttribute("aria-pressed") === "true";
    for (const other of document.querySelectorAll('[data-do="speak"]')) {
      other.setAttribute("aria-pressed", "false");
      other.textContent = "朗读";
    }
    voice?.cancel();
    if (speaking) return;
    if (!voice) return tell(button, "这个浏览器不能朗读");
    const words = new SpeechSynthesisUtterance(spoken(button.closest(".reply")));
    words.lang = "zh-CN";
    words.rate = 0.9;
    words.onend = () => {
      button.setAttribute("aria-pressed", "false");
      button.textContent = "朗读";
    };
    button.setAttribute("aria-pressed", "true");
    button.textContent = "停止朗读";
    voice.speak(words);
  }

  // What a person would read out: the outcome, what is asked, the conditions, the notices.
  function spoken(reply) {
    const parts = ".anew, .said p, .question, .ruled, .figure, .checks .what, .notice span";
    return [...reply.querySelectorAll(parts)]
      .filter((part) => part.checkVisibility())
      .map((part) => {
        const copy = part.cloneNode(true);
        for (const marker of copy.querySelectorAll(".ref")) marker.remove();
        return copy.textContent.trim();
      })
      .join("。");
  }

  async function rate(box, rating, reason) {
    const answer = box.dataset.answer;
    let told = "没有送到，请稍后再试。";
    try {
      const response = await fetch("/api/feedback", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ answer_id: answer, rating, reason: reason || null }),
      });
      if (response.ok) {
        told = "谢谢，已记下。";
        rated.set(answer, rating);
      }
    } catch {
      // told as it stands
    }
    showRating(box, told);
  }

  function showRating(box, told) {
    const said = rated.get(box.dataset.answer);
    for (const thumb of ["up", "down"]) {
      box.querySelector(`[data-do="${thumb}"]`).setAttribute("aria-pressed", String(said === thumb));
    }
    if (said) box.querySelector(".reason").hidden = true;
    box.querySelector(".rated").textContent = told;
  }

  function down(button) {
    const form = button.closest(".rating").querySelector(".reason");
    form.hidden = !form.hidden;
    button.setAttribute("aria-expanded", String(!form.hidden));
    if (!form.hidden) form.querySelector("button").focus();
  }

  const actions = {
    copy: copyAnswer,
    share,
    print,
    speak,
    up: (button) => rate(button.closest(".rating"), "up"),
    down,
    reason: (button) =>
      button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true")),
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-do]");
    if (button) actions[button.dataset.do](button);
    const view = event.target.closest("button[data-view]");
    if (view) show(view.dataset.view, view.dataset.rule);
  });

  document.addEventListener("submit", (event) => {
    const form = event.target.closest('form[data-do="rate"]');
    if (!form) return;
    event.preventDefault();
    const reasons = [...form.querySelectorAll('[aria-pressed="true"]')].map((b) => b.dataset.value);
    const words = form.elements.words.value.trim();
    rate(form.closest(".rating"), "down", [...reasons, words].filter(Boolean).join("；"));
  });

  // The framework tells of a broken connection in its own words, and stays broken. We say it in
  // ours, wait for the service, and open the page anew with what was being written.
  const UNSENT = "unsent-question";

  function notice(words) {
    const bar = document.getElementById("lost") ?? document.createElement("p");
    bar.id = "lost";
    bar.setAttribute("role", "alert");
    bar.textContent = words;
    document.body.append(bar);
    return bar;
  }

  async function reopen() {
    const ready = await fetch("/readyz", { cache: "no-store" }).catch(() => null);
    if (!ready?.ok) return void setTimeout(reopen, 2000);
    const words = document.querySelector("#question textarea")?.value || window.policyPage?.unsent();
    sessionStorage.setItem(UNSENT, words ?? "");
    location.reload();
  }

  new MutationObserver((_changes, watching) => {
    if (!document.querySelector(".toast-body")) return;
    watching.disconnect();
    notice("连接断开了，正在重新连接……写好的话会留着。");
    setTimeout(reopen, 1000);
  }).observe(page, { childList: true, subtree: true });

  function restore() {
    const words = sessionStorage.getItem(UNSENT);
    if (words === null) return;
    sessionStorage.removeItem(UNSENT);
    const box = document.querySelector("#question textarea");
    box.value = words;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    const bar = notice("已重新连接，前面的对话不再显示，请再问一次。");
    setTimeout(() => bar.remove(), 8000);
  }

  return {
    heard,
    mark,
    restore,
    show,
    open: () => show(location.hash.startsWith("#check") ? "check" : "ask"),
    remember() {
      for (const box of document.querySelectorAll(".rating")) {
        if (rated.has(box.dataset.answer)) showRating(box, "谢谢，已记下。");
      }
    },
  };
})();
