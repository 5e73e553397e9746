() => {
  document.documentElement.lang = "zh-CN";
  const talk = document.getElementById("talk");
  if (talk) {
    talk.setAttribute("role", "log");
    talk.setAttribute("aria-live", "polite");
    talk.setAttribute("aria-label", "问答记录");
  }
}
