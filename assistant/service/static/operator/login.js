// The login page: on success, on to where the person was going, within this service.
import { byId } from "./dom.js";
import { loginForm } from "./session.js";

const asked = new URLSearchParams(location.search).get("next") ?? "";
const next = /^\/operator(?:[?#]|$)/.test(asked) ? asked : "/operator";
const { form, focus } = loginForm(() => location.assign(next));
byId("login").append(form);
focus();
