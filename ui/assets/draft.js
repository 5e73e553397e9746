// Runs once for the turn on its way: brings it into view, and tells its stages.
let shown = false;

watch("value", () => {
  const stage = element.querySelector(".stage");
  if (stage) window.policyViews.heard(stage.textContent);
  if (stage && !shown) element.scrollIntoView({ block: "start" });
  shown = stage !== null;
});
