// Runs once for the masthead: what is pressed in it stays so when it is drawn again.
window.policyViews.mark();
watch("value", window.policyViews.mark);
