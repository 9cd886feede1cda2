/** One phone: whose it is, its chats, and the chat that is open. */
import * as api from "./api.js";
import { gist } from "./bubble.js";
import { Composer } from "./composer.js";
import { avatar, fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { Log } from "./log.js";
import { recall, remember } from "./memory.js";
import { alert, menu, sheet, toast } from "./overlay.js";
import { roleTag, workplace } from "./picker.js";
import { deepLink } from "./rich.js";
import { dayKey, hour, shortDay, t } from "./words.js";

const TYPING_LASTS = 6000; // Telegram shows "typing" for about five seconds

export class Phone {
  /** @param page {people(), now(), pick(host, choose), onPerson(phone, person), onUnread(), onRemove(phone), group(phone)} */
  constructor(page, person) {
    this.page = page;
    this.userId = person.user_id;
    this.chats = [];
    this.chat = null;
    this.log = null;
    this.composer = null;
    this.view = "chat";
    this.holder = h("div.holder");
    this.screen = h("div.screen");
    this.element = h("section.phone", {}, this.holder, h("div.frame", {}, this.screen));
    this.actions = {
      openLink: (address) => this.openLink(address),
      runCommand: (command) => this.composer?.say(command),
      enlarge: (address, alt) => sheet(this.screen, { title: t("photo"), wide: true, body: h("img.large", { src: address, alt }) }),
      fail: (error) => this.fail(error),
      say: (answer) => this.sayAnswer(answer),
      start: (payload) => this.start(payload),
      unblock: () => this.block(false),
      menu: (message, point) => this.offerMenu(message, point),
      reply: (message) => this.composer?.reply(message),
      focusComposer: () => this.composer?.focus(),
      editLast: () => this.editLast(),
    };
    this.takeDrops();
    this.drawHolder();
  }

  person() {
    return this.page.people().find((each) => each.user_id === this.userId);
  }

  setPerson(person) {
    this.userId = person.user_id;
    this.chat = this.log = this.composer = null;
    this.chats = [];
    this.view = "chat";
    this.drawHolder();
    return this.refresh();
  }

  drawHolder() {
    const person = this.person();
    const change = h("button.holder-button", { "aria-label": t("change_person", { name: person.name }), "aria-haspopup": "dialog",
      onclick: () => this.page.pick(this.screen, (chosen) => this.page.onPerson(this, chosen)) },
      avatar(person.name, person.user_id),
      h("span.about", {}, h("span.who", {}, h("strong", {}, person.name), roleTag(person)), h("small", {}, workplace(person))),
      icon("down"));
    const away = h("button.tool.remove", { "aria-label": t("remove_phone", { name: person.name }), title: t("remove_phone", { name: person.name }),
      onclick: () => this.page.onRemove(this) }, icon("close"));
    fill(this.holder, change, away);
    this.element.setAttribute("aria-label", t("phone_of", { name: person.name }));
  }

  /** Reads everything again: at the beginning, and after the connection was lost. */
  async refresh() {
    const userId = this.userId;
    try {
      const chats = await api.chats(userId);
      if (userId !== this.userId) return;
      this.chats = withPrivate(chats, userId);
      if (this.view === "list") this.drawList();
      else await this.open(this.chat?.chat_id ?? recall(`open:${userId}`, userId));
    } catch (error) {
      this.fail(error);
    }
    this.page.onUnread();
  }

  async open(chatId) {
    const chat = this.chats.find((each) => each.chat_id === chatId) ?? this.chats[0];
    if (this.chat?.chat_id !== chat.chat_id || this.view === "list") this.drawChat(chat);
    this.chat = chat;
    const log = this.log;
    await log.fetch();
    if (log === this.log) this.follow();
  }

  drawChat(chat) {
    this.view = "chat";
    this.chat = chat;
    remember(`open:${this.userId}`, chat.chat_id);
    this.log = new Log({ userId: this.userId, actions: this.actions }, chat, chat.unread);
    this.composer = new Composer(this, chat);
    this.subtitle = h("span.subtitle", { "aria-live": "polite" }, this.subtitleWord());
    this.backBadge = h("span.badge");
    const back = h("button.tool.back", { "aria-label": t("all_chats"), title: t("all_chats"), onclick: () => this.showList() },
      icon("back"), this.backBadge);
    const more = h("button.tool", { "aria-label": t("chat_menu"), title: t("chat_menu"), "aria-haspopup": "menu",
      onclick: (event) => this.offerChatMenu(event.currentTarget) }, icon("dots"));
    const header = h("header.chat-head", {}, back, chatPicture(chat),
      h("div.about", {}, h("h2", {}, chat.title), this.subtitle), more);
    fill(this.screen, header, this.log.element, this.composer.element);
  }

  subtitleWord() {
    return t({ private: "bot_word", channel: "channel_word" }[this.chat.type] ?? "group_word");
  }

  follow() {
    this.composer.follow([...this.log.messages.values()].sort((a, b) => a.message_id - b.message_id));
    this.page.onUnread();
    this.drawBackBadge();
  }

  showList() {
    this.view = "list";
    this.log = this.composer = this.chat = null;
    fill(this.screen);
    this.drawList();
    this.refresh();
    this.screen.querySelector(".chat-row")?.focus();
  }

  drawList() {
    const hadFocus = this.screen.querySelector(".chats:focus-within") !== null;
    const rows = this.chats.map((chat) => h("button.chat-row", { onclick: () => this.enter(chat) },
      chatPicture(chat),
      h("span.about", {}, h("strong", {}, chat.title), h("span.gist", {}, this.lastWords(chat))),
      h("span.side", {}, chat.last ? h("time", {}, this.when(chat.last.at)) : null,
        chat.unread ? h("span.badge", { "aria-label": t("unread_count", { count: chat.unread }) }, String(chat.unread)) : null)));
    const group = h("button.tool", { "aria-label": t("new_group"), title: t("new_group"), onclick: () => this.page.group(this) }, icon("people"));
    fill(this.screen, h("header.chat-head.of-list", {}, h("h2", {}, t("chats")), group), h("div.chats", {}, rows));
    if (hadFocus) this.screen.querySelector(".chat-row")?.focus();
  }

  async enter(chat) {
    this.drawChat(chat);
    try {
      await this.open(chat.chat_id);
    } catch (error) {
      this.fail(error);
    }
    this.composer?.focus();
  }

  lastWords(chat) {
    const draft = recall(`draft:${this.userId}:${chat.chat_id}`, "");
    if (draft) return [h("em", {}, t("draft")), " ", draft];
    if (!chat.last) return t("no_messages");
    return [chat.last.from.id === this.userId ? `${t("you")} ` : "", gist(chat.last)];
  }

  when(at) {
    const instant = new Date(at);
    return dayKey(instant) === dayKey(this.page.now()) ? hour(instant) : shortDay(instant);
  }

  /** What came over the wire; only what belongs on this phone changes it. */
  async hear(kind, data) {
    if (kind === "answer") return this.log?.answer(data);
    const chatId = data.chat_id;
    const known = this.chats.some((chat) => chat.chat_id === chatId);
    if (!known && chatId > 0) return undefined;
    if (this.chat?.chat_id === chatId) {
      this.hearHere(kind, data);
    } else if (kind !== "typing") await this.reloadChats();
    return undefined;
  }

  hearHere(kind, data) {
    const log = this.log;
    if (kind === "typing") return this.showTyping();
    if (kind === "delete") log.remove(data.message_id);
    else log.receive(data.message);
    if (data.message?.from.is_bot) {
      this.endTyping();
      log.botActed();
    }
    return this.follow();
  }

  async reloadChats() {
    try {
      this.chats = withPrivate(await api.chats(this.userId), this.userId);
    } catch {
      return; // the page says that the connection is lost and reads again when it is back
    }
    if (this.view === "list") this.drawList();
    this.page.onUnread();
    this.drawBackBadge();
  }

  showTyping() {
    this.log.botActed();
    clearTimeout(this.typingTimer);
    fill(this.subtitle, t("typing"), h("span.dots", { "aria-hidden": "true" }, h("i"), h("i"), h("i")));
    this.subtitle.classList.add("typing");
    this.typingTimer = setTimeout(() => this.endTyping(), TYPING_LASTS);
  }

  endTyping() {
    clearTimeout(this.typingTimer);
    if (!this.chat || !this.subtitle.classList.contains("typing")) return;
    this.subtitle.classList.remove("typing");
    fill(this.subtitle, this.subtitleWord());
  }

  drawBackBadge() {
    if (!this.chat) return;
    const others = this.chats.filter((chat) => chat.chat_id !== this.chat.chat_id);
    const count = others.reduce((sum, chat) => sum + chat.unread, 0);
    fill(this.backBadge, count ? String(count) : "");
  }

  /** Unread messages on this phone, the open chat's counted as the person sees them. */
  unread() {
    return this.chats.reduce((sum, chat) =>
      sum + (chat.chat_id === this.chat?.chat_id ? this.log.unreadCount() : chat.unread), 0);
  }

  /** The phone came into sight (its tab was chosen, the window came to the front). */
  wake() {
    if (this.log?.stick) this.log.toEnd();
    this.log?.settle();
    this.page.onUnread();
  }

  openLink(address) {
    const link = deepLink(address);
    if (!link) return false;
    this.goPrivate().then(() => link.payload && this.start(link.payload)).catch((error) => this.fail(error));
    return true;
  }

  async goPrivate() {
    if (this.chat?.chat_id === this.userId) return;
    const chat = this.chats.find((each) => each.chat_id === this.userId);
    this.drawChat(chat);
    await this.open(chat.chat_id);
  }

  async start(payload) {
    try {
      await api.start(this.userId, payload);
      this.composer?.focus();
    } catch (error) {
      this.fail(error);
    }
  }

  sayAnswer(answer) {
    if (answer.url && !this.openLink(answer.url)) window.open(answer.url, "_blank", "noopener");
    if (!answer.text) return;
    if (answer.show_alert) alert(this.screen, this.chat?.title ?? t("brand"), answer.text);
    else toast(this.screen, answer.text);
  }

  fail(error) {
    toast(this.screen, error.status === 0 ? t("error_offline") : t("error_other", { error: error.message }));
  }

  offerMenu(message, point) {
    const own = message.from.id === this.userId;
    const text = message.text ?? message.caption;
    const items = [
      { label: t("reply"), icon: "reply", act: () => this.composer.reply(message) },
      text ? { label: t("copy"), icon: "copy", act: () => this.copy(text) } : null,
      { label: t("forward"), icon: "forward", act: () => this.forward(message) },
      own && message.text && !message.forwarded ? { label: t("edit"), icon: "pencil", act: () => this.composer.edit(message) } : null,
    ];
    menu(this.screen, point, t("message_menu"), items.filter(Boolean));
  }

  async copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      toast(this.screen, t("copied"));
    } catch (error) {
      this.fail(error);
    }
  }

  async forward(message) {
    const from = { chat_id: this.chat.chat_id, message_id: message.message_id };
    try {
      await this.goPrivate();
      await api.send({ user_id: this.userId, forward_from: from });
    } catch (error) {
      this.fail(error);
    }
  }

  editLast() {
    const own = [...this.log.messages.values()].filter((each) => each.from.id === this.userId && each.text && !each.forwarded);
    if (!own.length) return false;
    this.composer.edit(own.reduce((a, b) => (a.message_id > b.message_id ? a : b)));
    return true;
  }

  offerChatMenu(button) {
    const frame = button.getBoundingClientRect();
    menu(this.screen, { x: frame.right, y: frame.bottom }, t("chat_menu"), [
      { label: t("all_chats"), icon: "menu", act: () => this.showList() },
      { label: t("new_group"), icon: "people", act: () => this.page.group(this) },
      this.person().blocked
        ? { label: t("unblock"), icon: "check", act: () => this.block(false) }
        : { label: t("block"), icon: "block", act: () => this.block(true) },
    ]);
  }

  async block(blocked) {
    try {
      await api.block(this.userId, blocked);
      this.person().blocked = blocked;
      if (this.log) this.follow();
      toast(this.screen, t(blocked ? "blocked" : "unblocked", { name: this.person().name }));
    } catch (error) {
      this.fail(error);
    }
  }

  takeDrops() {
    const carries = (event) => event.dataTransfer?.types.includes("Files") && this.composer;
    this.screen.addEventListener("dragover", (event) => {
      if (!carries(event)) return;
      event.preventDefault();
      this.screen.dataset.drop = t("drop_here");
    });
    this.screen.addEventListener("dragleave", (event) => {
      if (!this.screen.contains(event.relatedTarget)) delete this.screen.dataset.drop;
    });
    this.screen.addEventListener("drop", (event) => {
      delete this.screen.dataset.drop;
      if (!carries(event)) return;
      event.preventDefault();
      this.composer.attach([...event.dataTransfer.files]);
    });
  }
}

function chatPicture(chat) {
  if (chat.type === "private") return h("img.avatar", { src: "logo.svg", alt: "", width: 40, height: 40 });
  return avatar(chat.title, chat.chat_id);
}

/** A phone always has the bot's chat, also before anything was said there. */
function withPrivate(chats, userId) {
  if (chats.some((chat) => chat.chat_id === userId)) return chats;
  return [{ chat_id: userId, type: "private", title: t("brand"), unread: 0, last: null }, ...chats];
}
