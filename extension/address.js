// The service's address: an origin, HTTPS but on this very machine.

const LOCAL = ["localhost", "127.0.0.1", "[::1]"];

/** The origin of what was written, or null where it will not do. */
export function checked(written) {
  try {
    const url = new URL(written.trim());
    const isSafe = url.protocol === "https:" || (url.protocol === "http:" && LOCAL.includes(url.hostname));
    return isSafe ? url.origin : null;
  } catch {
    return null;
  }
}

/** The origin kept, or null. */
export async function address() {
  const { service } = await chrome.storage.local.get("service");
  return typeof service === "string" ? checked(service) : null;
}
