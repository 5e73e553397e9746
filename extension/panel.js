// Shows the panel of the service whose address the options hold.
import { address } from "./address.js";

const empty = document.getElementById("empty");
document.getElementById("options").addEventListener("click", () => chrome.runtime.openOptionsPage());

async function show() {
  const origin = await address();
  document.querySelector("iframe")?.remove();
  empty.hidden = origin !== null;
  if (origin === null) return;
  const frame = document.createElement("iframe");
  frame.title = "政策助手坐席面板";
  frame.allow = "clipboard-write";
  frame.src = `${origin}/operator`;
  document.body.append(frame);
}

chrome.storage.onChanged.addListener(show);
show();
