() => {
  document.documentElement.lang = "zh-CN";
  window.policyViews?.open();
}
