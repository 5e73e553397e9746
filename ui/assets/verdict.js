// Runs once for the self-test's verdict: who cannot see it change is told.
watch("value", () => {
  const outcome = element.querySelector(".ruled, .problem");
  if (outcome) window.policyViews.heard(outcome.textContent);
});
