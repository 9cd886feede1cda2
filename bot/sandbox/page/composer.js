/** Where a person writes: text, commands, files, the bot's reply keyboard, an answer or an edit. */
import * as api from "./api.js";
import { CommandList } from "./commands.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { recall, remember } from "./memory.js";
import { gist } from "./bubble.js";
import { attachFiles } from "./attach.js";
import { confirm } from "./overlay.js";
import { t } from "./words.js";

export class Composer {
  /** @param phone {person(), screen, actions}: whose phone, where sheets open, what a failure does */
  constructor(phone, chat) {
    this.phone = phone;
    this.chat = chat;
    this.key = `draft:${phone.userId}:${chat.chat_id}`;
    this.about = null; // {kind: "reply" | "edit", message}
    this.keyboard = null; // {id, rows, one_time} of the bot's newest message that has one
    this.keyboardShown = true;
    this.build();
    this.text.value = recall(this.key, "");
    this.sync();
  }

  build() {
    this.text = h("textarea", {
      rows: 1, "aria-label": t("write"), placeholder: t("write"), autocomplete: "off", spellcheck: "false",
      oninput: () => this.typed(), onkeydown: (event) => this.keyed(event), onpaste: (event) => this.pasted(event),
    });
    this.commands = new CommandList(this.phone.userId, this.text, (command) => this.say(command));
    this.picker = h("input", {
      type: "file", multiple: true, hidden: true, tabindex: "-1", "aria-hidden": "true",
      onchange: () => (this.attach([...this.picker.files]), (this.picker.value = "")),
    });
    this.menuButton = h("button.slash", { "aria-label": t("menu_commands"), title: t("menu_commands"),
      "aria-haspopup": "listbox", onclick: () => this.commands.toggle() }, "/");
    this.keyboardButton = h("button.tool", { "aria-label": t("keyboard"), title: t("keyboard"), hidden: true,
      onclick: () => this.toggleKeyboard() }, icon("keys"));
    const clip = h("button.tool", { "aria-label": t("attach"), title: t("attach"), onclick: () => this.picker.click() }, icon("clip"));
    this.sendButton = h("button.send", { "aria-label": t("send"), title: t("send"), onclick: () => this.submit() }, icon("send"));
    this.strip = h("div.strip", { hidden: true });
    this.keyboardArea = h("div.reply-keys", { hidden: true, role: "group", "aria-label": t("keyboard") });
    this.startButton = h("button.start", { hidden: true, onclick: () => this.phone.actions.start("") }, t("start"));
    this.unblockButton = h("button.start", { hidden: true, onclick: () => this.phone.actions.unblock() }, t("unblock"));
    this.line = h("div.line", {}, this.menuButton,
      h("div.field", {}, this.text, this.keyboardButton, clip), this.picker, this.sendButton);
    this.element = h("div.composer", {}, this.commands.element, this.strip, this.line, this.startButton, this.unblockButton, this.keyboardArea);
  }

  focus() {
    this.text.focus();
  }

  typed() {
    if (this.about?.kind !== "edit") remember(this.key, this.text.value);
    this.sync();
    this.commands.filter();
  }

  sync() {
    this.text.style.height = "";
    if (this.text.scrollHeight) this.text.style.height = `${Math.min(this.text.scrollHeight, 132)}px`;
    this.sendButton.classList.toggle("ready", this.text.value.trim() !== "");
    const label = t(this.about?.kind === "edit" ? "save" : "send");
    this.sendButton.setAttribute("aria-label", label);
    this.sendButton.title = label;
  }

  keyed(event) {
    if (event.isComposing) return; // an input method is still putting the accents on
    if (this.commands.keyed(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.submit();
    } else if (event.key === "Escape" && this.about) {
      event.stopPropagation();
      this.leave();
    } else if (event.key === "ArrowUp" && this.text.value === "") {
      if (this.phone.actions.editLast()) event.preventDefault();
    }
  }

  async submit() {
    const text = this.text.value.trim();
    if (!text) return this.focus();
    const about = this.about;
    this.text.value = "";
    this.leave();
    this.typed();
    try {
      if (about?.kind === "edit") await this.save(about.message, text);
      else await this.post({ text, ...(about ? { reply_to: about.message.message_id } : {}) });
    } catch (error) {
      if (this.text.value === "") this.text.value = text;
      this.typed();
      this.phone.actions.fail(error);
    }
  }

  save(message, text) {
    return api.edit({ user_id: this.phone.userId, chat_id: this.chat.chat_id, message_id: message.message_id, text });
  }

  post(message) {
    return api.send({ user_id: this.phone.userId, chat_id: this.chat.chat_id, ...message });
  }

  async say(text) {
    this.commands.hide();
    if (this.text.value.startsWith("/")) this.text.value = "";
    this.typed();
    try {
      await this.post({ text });
    } catch (error) {
      this.phone.actions.fail(error);
    }
  }

  reply(message) {
    this.begin("reply", message, t("replying_to", { name: message.from.name }));
  }

  edit(message) {
    this.begin("edit", message, t("editing"));
    this.text.value = message.text ?? message.caption ?? "";
    this.sync();
  }

  begin(kind, message, title) {
    this.leave();
    this.about = { kind, message };
    fill(this.strip, icon(kind === "reply" ? "reply" : "pencil"),
      h("span.about", {}, h("strong", {}, title), h("span", {}, gist(message))),
      h("button.tool", { "aria-label": t("cancel"), onclick: () => this.leave() }, icon("close")));
    this.strip.hidden = false;
    this.sync();
    this.focus();
  }

  leave() {
    if (this.about?.kind === "edit") this.text.value = recall(this.key, "");
    this.about = null;
    this.strip.hidden = true;
    this.sync();
  }

  pasted(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    this.attach(files);
  }

  async attach(files) {
    if (!files.length) return;
    try {
      const parts = await attachFiles(this.phone.screen, files, this.text.value.trim());
      if (!parts) return;
      this.text.value = "";
      this.typed();
      for (const part of parts) await this.post(part);
    } catch (error) {
      this.phone.actions.fail(error);
    }
  }

  /** Shows what the chat now asks for: a Start button, the newest reply keyboard, or a line to write in. */
  follow(messages) {
    const alone = this.chat.type === "private";
    const blocked = alone && Boolean(this.phone.person().blocked);
    const empty = alone && messages.length === 0;
    this.unblockButton.hidden = !blocked;
    this.startButton.hidden = blocked || !empty;
    this.line.hidden = blocked || empty || this.chat.type === "channel";
    this.sync();
    const newest = messages.findLast(({ reply_keyboard: asked }) => asked?.rows || asked?.remove);
    const keyboard = newest?.reply_keyboard.rows ? { id: newest.message_id, ...newest.reply_keyboard } : null;
    if (keyboard?.id === this.keyboard?.id) return;
    this.keyboard = keyboard;
    this.keyboardShown = !(keyboard?.one_time && messages.some((each) => each.message_id > keyboard.id && each.from.id === this.phone.userId));
    this.drawKeyboard();
  }

  toggleKeyboard() {
    this.keyboardShown = !this.keyboardShown;
    this.drawKeyboard();
  }

  drawKeyboard() {
    this.keyboardButton.hidden = !this.keyboard;
    this.keyboardArea.hidden = !this.keyboard || !this.keyboardShown;
    this.keyboardButton.setAttribute("aria-expanded", String(!this.keyboardArea.hidden));
    fill(this.keyboardArea, (this.keyboard?.rows ?? []).map((row) =>
      h("div.row", {}, row.map((key) => h("button", { onclick: () => this.pressKey(key) }, key.label)))));
  }

  async pressKey(key) {
    if (key.request_contact && !(await this.agreeToShare())) return;
    if (this.keyboard?.one_time) this.toggleKeyboard();
    try {
      if (key.request_contact) await api.shareContact(this.phone.userId);
      else await this.post({ text: key.label });
    } catch (error) {
      this.phone.actions.fail(error);
    }
  }

  agreeToShare() {
    const { name, phone } = this.phone.person();
    return confirm(this.phone.screen, {
      title: t("share_title"), text: t("share_text", { name, phone: phone ?? "" }), yes: t("share_yes"),
    });
  }
}
