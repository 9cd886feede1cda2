/** The sandbox's control interface (docs/sandbox.md) as functions. */

export class SandboxError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function call(path, body) {
  const request = body === undefined ? {} : {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  };
  let answer;
  try {
    answer = await fetch(`/sandbox/${path}`, request);
  } catch {
    throw new SandboxError(0, "");
  }
  const value = await answer.json().catch(() => null);
  if (!answer.ok) throw new SandboxError(answer.status, value?.error ?? answer.statusText);
  return value;
}

export const people = () => call("people");
export const chats = (userId) => call(`chats?user_id=${userId}`);
export const messages = (chatId, userId, after = 0) =>
  call(`chats/${chatId}/messages?user_id=${userId}&after=${after}`);
export const createGroup = (title, members, channel) => call("chats", { title, members, channel });
export const send = (message) => call("send", message);
export const edit = (change) => call("edit", change);
export const tap = (press) => call("tap", press);
export const tapAnswer = (queryId) => call(`taps/${encodeURIComponent(queryId)}`);
export const start = (userId, payload) => call("start", { user_id: userId, ...(payload ? { payload } : {}) });
export const shareContact = (userId) => call("share-contact", { user_id: userId });
export const read = (userId, chatId) => call("read", { user_id: userId, chat_id: chatId });
export const block = (userId, blocked) => call("block", { user_id: userId, blocked });
export const commands = (userId) => call(`commands?user_id=${userId}`);
export const faults = (fault) => call("faults", fault);
export const bot = (what) => call("bot", what ? { do: what } : undefined);
export const clock = (change) => call("clock", change);
/** Begins anew, at the moment `now` (ISO) or as at first. */
export const reset = (now) => call("reset", now ? { now } : {});
export const fileAddress = (fileId) => `/sandbox/files/${encodeURIComponent(fileId)}`;

const EVENTS = ["message", "edit", "delete", "typing", "answer", "bot", "clock"];

/** Hears what happens to everybody; onState(true) after each (re)connection: what was missed must be read again. */
export function listen(onEvent, onState) {
  let wait = 500;
  function open() {
    const source = new EventSource("/sandbox/events");
    source.onopen = () => {
      wait = 500;
      onState(true);
    };
    source.onerror = () => {
      source.close();
      onState(false);
      setTimeout(open, wait);
      wait = Math.min(wait * 2, 8000);
    };
    for (const kind of EVENTS) {
      source.addEventListener(kind, (event) => onEvent(kind, JSON.parse(event.data)));
    }
  }
  open();
}
