// The icon opens and closes the side panel; nothing else runs.
chrome.sidePanel.setPanelBehavior({ openPanelOnActionClick: true });
