// The login form, on its own page and in the panel when a session has ended.
import { logIn } from "./api.js";
import { el } from "./dom.js";

export function loginForm(onDone) {
  const problem = el("p", { class: "problem", role: "alert", id: "login-problem" });
  const login = field("login", "登录名", "text", "username");
  const password = field("password", "密码", "password", "current-password");
  const submit = el("button", { type: "submit", class: "primary" }, "登录");
  const form = el(
    "form",
    {
      class: "login-form",
      on: {
        submit: async (event) => {
          event.preventDefault();
          submit.disabled = true;
          problem.textContent = "";
          try {
            onDone(await logIn(login.input.value, password.input.value));
          } catch (error) {
            problem.textContent = error.message;
            password.input.value = "";
            password.input.focus();
          } finally {
            submit.disabled = false;
          }
        },
      },
    },
    login.row,
    password.row,
    problem,
    submit,
  );
  return { form, focus: () => login.input.focus() };
}

function field(name, label, type, autocomplete) {
  const input = el("input", { id: `login-${name}`, name, type, autocomplete, required: true });
  return { input, row: el("div", { class: "field" }, el("label", { for: input.id }, label), input) };
}
