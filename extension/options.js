// The one option: where the service is.
import { address, checked } from "./address.js";

const service = document.getElementById("service");
const told = document.getElementById("told");

document.getElementById("setting").textContent =
  `ASSISTANT_EMBED_ORIGINS="${location.origin}" ASSISTANT_SESSION_COOKIE=embedded`;

document.getElementById("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const origin = checked(service.value);
  if (origin === null) {
    told.textContent = "地址须以 https:// 开头；在本机试用可以是 http://127.0.0.1:7860。";
    service.focus();
    return;
  }
  await chrome.storage.local.set({ service: origin });
  service.value = origin;
  told.textContent = "已保存。";
});

service.value = (await address()) ?? "";
