// The way to the service. Everything that changes something carries the session's own sign.

let csrf = "";
let whenLoggedOut = () => {};

export class ApiError extends Error {
  constructor(status, code, message, field) {
    super(message);
    this.status = status;
    this.code = code;
    this.field = field;
  }
}

export function onLoggedOut(listener) {
  whenLoggedOut = listener;
}

export async function request(method, path, body, signal) {
  const headers = {};
  if (method !== "GET") headers["X-CSRF-Token"] = csrf;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let response;
  try {
    response = await fetch(path, {
      method,
      headers,
      signal,
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: "same-origin",
      cache: "no-store",
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ApiError(0, "unreachable", "连不上服务，请检查网络后再试。", null);
  }
  if (response.status === 204) return null;
  const told = await response.json().catch((error) => {
    if (error.name === "AbortError") throw error; // given up while the reply was being read
    return null;
  });
  if (response.ok && told !== null) return told;
  const problem = told?.error ?? { code: "unreadable", message: "服务的回复无法读取，请稍后再试。" };
  if (response.status === 401 && path !== "/auth/login") whenLoggedOut();
  throw new ApiError(response.status, problem.code, problem.message, problem.field);
}

function kept(session) {
  csrf = session.csrf;
  return session;
}

export const get = (path, signal) => request("GET", path, undefined, signal);
export const post = (path, body, signal) => request("POST", path, body ?? {}, signal);
export const session = async () => kept(await get("/auth/session"));
export const logIn = async (login, password) => kept(await post("/auth/login", { login, password }));
export const logOut = () => request("POST", "/auth/logout");
