/** The messages of one chat on one phone: kept in order, redrawn only where they changed. */
import * as api from "./api.js";
import { bubble } from "./bubble.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { dayKey, longDay, t } from "./words.js";

const NEAR = 60; // pixels from the end that still count as being there
const ANSWER_PATIENCE = 20_000; // Telegram itself gives up on a button after a while

export class Log {
  /** @param phone {userId, actions}: whose it is, and what links, menus and buttons do there */
  constructor(phone, chat, unread) {
    this.phone = phone;
    this.chat = chat;
    this.messages = new Map();
    this.drawn = new Map(); // message id → {as: its JSON when drawn, element}
    this.waiting = new Map(); // callback query id → button
    this.answered = new Map(); // answers that came before their query's id was known
    this.seen = 0;
    this.readTo = 0; // what the person has had in sight
    this.told = 0; // what the server knows of that
    this.loaded = false;
    this.touched = new Set(); // ids changed by events since the last reading began
    this.firstUnread = null;
    this.unreadAtOpening = unread;
    this.list = h("div.list", { role: "log", "aria-label": t("messages", { name: chat.title }), "aria-busy": "true", tabindex: "0" });
    this.badge = h("span.badge");
    this.jump = h("button.jump", { hidden: true, onclick: () => this.toEnd(true) }, icon("down"), this.badge);
    this.element = h("div.log", {}, this.list, this.jump);
    this.list.addEventListener("scroll", () => this.settle(), { passive: true });
    this.list.addEventListener("keydown", (event) => this.walk(event));
    this.list.addEventListener("contextmenu", (event) => this.offerMenu(event));
    this.list.addEventListener("dblclick", (event) => this.replyTo(event));
    this.list.addEventListener("load", () => this.stick && this.toEnd(), true); // a photo grew the list
    new ResizeObserver(() => this.stick && this.toEnd()).observe(this.list); // the phone was turned, the composer grew
    this.stick = true;
    this.top = 0;
  }

  /** Reads the whole chat; what events tell while it is being read is newer and stays. */
  async fetch() {
    const known = [...this.messages.keys()];
    this.touched.clear();
    const all = await api.messages(this.chat.chat_id, this.phone.userId);
    const before = Math.max(0, ...known);
    const ids = new Set(all.map((message) => message.message_id));
    for (const id of known) if (!ids.has(id)) this.messages.delete(id);
    for (const message of all) if (!this.touched.has(message.message_id)) this.messages.set(message.message_id, message);
    if (this.newest() < before) this.seen = this.readTo = this.told = 0; // begun anew: ids start again
    if (!this.loaded) this.markUnread(all);
    else if (this.newest() > before) this.arrived(all.filter((message) => message.message_id > before));
    this.loaded = true;
    this.list.removeAttribute("aria-busy");
    this.draw();
  }

  markUnread(all) {
    const strange = all.filter((message) => message.from.id !== this.phone.userId);
    const count = Math.min(this.unreadAtOpening, strange.length);
    const first = count > 0 ? strange.at(-count).message_id : null;
    this.readTo = first === null ? (all.at(-1)?.message_id ?? 0) : first - 1;
    this.firstUnread = first === all[0]?.message_id ? null : first; // a mark over everything says nothing
  }

  newest() {
    return Math.max(0, ...this.messages.keys());
  }

  /** A message came or changed. */
  receive(message) {
    const isNew = message.message_id > this.newest();
    this.touched.add(message.message_id);
    this.messages.set(message.message_id, message);
    if (isNew) this.arrived([message]);
    this.draw();
  }

  remove(messageId) {
    this.touched.add(messageId);
    this.messages.delete(messageId);
    this.draw();
  }

  arrived(messages) {
    const own = messages.some((message) => message.from.id === this.phone.userId);
    if (own) {
      this.stick = true;
      this.firstUnread = null;
    } else if (!this.reading() && this.firstUnread === null) this.firstUnread = messages[0].message_id;
  }

  /** The bot did something: what was said before it was received. */
  botActed() {
    this.seen = this.newest();
    this.tick();
  }

  reading() {
    return this.stick && document.visibilityState === "visible" && this.element.offsetParent !== null;
  }

  unreadCount() {
    const unread = (message) => message.message_id > this.readTo && message.from.id !== this.phone.userId;
    return [...this.messages.values()].filter(unread).length;
  }

  draw() {
    const messages = [...this.messages.values()].sort((a, b) => a.message_id - b.message_id);
    const children = [];
    let before = null;
    for (const [index, message] of messages.entries()) {
      const newDay = !before || dayKey(new Date(before.at)) !== dayKey(new Date(message.at));
      if (newDay) children.push(h("div.day", {}, h("span", {}, longDay(new Date(message.at)))));
      if (message.message_id === this.firstUnread) children.push(h("div.unread", { role: "separator" }, t("unread")));
      const element = this.drawOne(message);
      element.classList.toggle("first", newDay || !sameRun(before, message));
      element.classList.toggle("last", !sameRun(message, messages[index + 1]));
      children.push(element);
      before = message;
    }
    if (!children.length) children.push(h("div.empty", {}, this.chat.type === "private" ? intro() : t("no_messages")));
    for (const id of this.drawn.keys()) if (!this.messages.has(id)) this.drawn.delete(id);
    reconcile(this.list, children);
    this.lendTabStops(messages);
    this.tick();
    if (this.stick) this.toEnd();
    this.settle();
  }

  drawOne(message) {
    const quoted = this.quoted(message);
    const as = JSON.stringify([message, quoted && quoted.text]);
    const old = this.drawn.get(message.message_id);
    if (old?.as === as) return old.element;
    const element = bubble(message, {
      own: message.from.id === this.phone.userId,
      group: this.chat.type !== "private",
      quoted,
      actions: { ...this.phone.actions, press: this.press.bind(this), show: (id) => this.show(id) },
    });
    element.classList.toggle("changed", Boolean(old));
    element.classList.toggle("fresh", !old && this.drawn.size > 0);
    if (old?.element.contains(document.activeElement)) queueMicrotask(() => element.focus({ preventScroll: true }));
    this.drawn.set(message.message_id, { as, element });
    return element;
  }

  quoted(message) {
    return this.messages.get(message.reply_to) ?? null;
  }

  /** Only the newest keyboard is in the Tab order; older ones are reached with the arrow keys. */
  lendTabStops(messages) {
    const newest = messages.findLast((message) => message.buttons?.length)?.message_id;
    for (const [id, { element }] of this.drawn) {
      for (const control of element.querySelectorAll("a, button")) control.tabIndex = id === newest ? 0 : -1;
    }
  }

  tick() {
    const heard = [...this.messages.values()].filter((message) => message.from.is_bot);
    this.seen = Math.max(this.seen, 0, ...heard.map((message) => message.message_id));
    for (const ticks of this.list.querySelectorAll(".message.out .ticks")) {
      const seen = Number(ticks.closest(".message").dataset.id) <= this.seen;
      ticks.classList.toggle("seen", seen);
      ticks.setAttribute("aria-label", t(seen ? "seen" : "sent"));
    }
  }

  toEnd(smoothly = false) {
    this.stick = true;
    this.list.scrollTo({ top: this.list.scrollHeight, behavior: smoothly ? "smooth" : "instant" });
  }

  /** After scrolling, drawing or coming back: is the end in sight, and is everything read? */
  settle() {
    const gap = this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight;
    const wentUp = this.list.scrollTop < this.top; // else it only grew, as when a photo came
    this.top = this.list.scrollTop;
    if (this.element.offsetParent !== null) this.stick = gap < NEAR || (this.stick && !wentUp);
    this.jump.hidden = this.stick;
    if (this.reading()) this.markRead();
    const count = this.unreadCount();
    fill(this.badge, count ? String(count) : "");
    this.jump.setAttribute("aria-label", count ? t("jump_count", { count }) : t("jump"));
  }

  /** The newest message is in sight: tell the server once for each. */
  async markRead() {
    const newest = this.newest();
    this.readTo = newest;
    this.chat.unread = 0;
    if (!this.loaded || newest <= this.told) return;
    this.told = newest;
    try {
      await api.read(this.phone.userId, this.chat.chat_id);
    } catch {
      // said again at the next message
    }
  }

  show(messageId) {
    const element = this.drawn.get(messageId)?.element;
    if (!element?.isConnected) return;
    element.scrollIntoView({ block: "center" });
    element.classList.remove("pointed");
    requestAnimationFrame(() => element.classList.add("pointed"));
    element.focus({ preventScroll: true });
  }

  async press(message, key, button) {
    if (button.getAttribute("aria-busy")) return;
    button.setAttribute("aria-busy", "true");
    button.setAttribute("aria-description", t("waiting_answer"));
    const rest = () => {
      button.removeAttribute("aria-busy");
      button.removeAttribute("aria-description");
    };
    setTimeout(rest, ANSWER_PATIENCE);
    try {
      const { callback_query_id: id } = await api.tap({
        user_id: this.phone.userId, chat_id: this.chat.chat_id, message_id: message.message_id,
        data: key.data,
      });
      this.waiting.set(id, rest);
      const early = this.answered.get(id) ?? (await api.tapAnswer(id));
      if (early.answered !== false) this.answer({ ...early, callback_query_id: id });
    } catch (error) {
      rest();
      this.phone.actions.fail(error);
    }
  }

  answer(data) {
    const id = data.callback_query_id;
    const rest = this.waiting.get(id);
    this.answered.set(id, data);
    if (!rest) return;
    this.waiting.delete(id);
    rest();
    this.phone.actions.say(data);
  }

  /** Arrow keys go from message to message, left and right along its buttons, Enter opens its menu. */
  walk(event) {
    const message = document.activeElement.closest?.(".message");
    const all = [...this.list.querySelectorAll(".message")];
    const at = message ? all.indexOf(message) : all.length;
    const go = (element) => {
      if (!element) return;
      element.focus();
      event.preventDefault();
    };
    if (event.key === "ArrowUp") go(all[at - 1]);
    else if (event.key === "ArrowDown" && message) go(all[at + 1]);
    else if (["ArrowLeft", "ArrowRight"].includes(event.key) && message) {
      const stops = [message, ...message.querySelectorAll("a, button")];
      go(stops[stops.indexOf(document.activeElement) + (event.key === "ArrowRight" ? 1 : -1)]);
    } else if (event.key === "Enter" && document.activeElement === message) this.offerMenu(event);
    else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && event.key !== " ") {
      this.phone.actions.focusComposer();
    }
  }

  offerMenu(event) {
    const element = event.target.closest(".message");
    const message = element && this.messages.get(Number(element.dataset.id));
    if (!message || event.target.closest("a[href]:not(.file)")) return;
    event.preventDefault();
    const frame = (element.querySelector(".bubble") ?? element).getBoundingClientRect();
    const pointed = event.clientX || event.clientY;
    const point = pointed ? { x: event.clientX, y: event.clientY } : { x: frame.left + 24, y: frame.top + 24 };
    this.phone.actions.menu(message, point);
  }

  replyTo(event) {
    const element = event.target.closest(".message");
    if (element && !event.target.closest("button, a")) {
      this.phone.actions.reply(this.messages.get(Number(element.dataset.id)));
    }
  }
}

function sameRun(a, b) {
  if (!a || !b || a.from.id !== b.from.id) return false;
  return dayKey(new Date(a.at)) === dayKey(new Date(b.at)) && new Date(b.at) - new Date(a.at) < 600_000;
}


function intro() {
  return h("div.intro", {}, h("img", { src: "logo.svg", alt: "", width: 72, height: 72 }),
    h("strong", {}, t("intro_title")), h("p", {}, t("intro_text")));
}

/** Puts `children` in order into `list`, touching only what moved, so that focus and animations live on. */
function reconcile(list, children) {
  const wanted = new Set(children);
  for (const child of [...list.children]) if (!wanted.has(child)) child.remove();
  children.forEach((child, index) => {
    if (list.children[index] !== child) list.insertBefore(child, list.children[index] ?? null);
  });
}
