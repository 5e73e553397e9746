() => {
  document.documentElement.lang = "zh-CN";
  window.policyViews?.open();
  window.policyViews?.restore();
}
