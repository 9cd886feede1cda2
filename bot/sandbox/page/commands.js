/** The bot's commands as a list over the composer, narrowed while "/…" is typed. */
import * as api from "./api.js";
import { fill, fold, h } from "./dom.js";
import { t } from "./words.js";

let numbers = 0;

export class CommandList {
  constructor(userId, text, choose) {
    this.userId = userId;
    this.text = text;
    this.choose = choose;
    this.known = [];
    this.shown = [];
    this.at = 0;
    this.id = `commands-${(numbers += 1)}`;
    this.element = h("div.commands", { id: this.id, role: "listbox", "aria-label": t("menu_commands"), hidden: true });
    text.setAttribute("aria-controls", this.id);
  }

  async read() {
    try {
      this.known = await api.commands(this.userId);
    } catch {
      this.known = []; // without a server there is nothing to choose from; sending will say why
    }
  }

  async toggle() {
    if (!this.element.hidden) return this.hide();
    await this.read();
    this.show("/");
    this.text.focus();
  }

  /** Called at every change of the text. */
  async filter() {
    const typed = this.text.value;
    if (!/^\/\S*$/.test(typed)) return this.hide();
    if (this.element.hidden) await this.read();
    if (this.text.value === typed) this.show(typed);
  }

  show(prefix) {
    const wanted = fold(prefix.slice(1));
    this.shown = this.known.filter((entry) => fold(entry.command).startsWith(wanted));
    this.at = 0;
    fill(this.element, this.shown.map((entry, index) =>
      h("div.command-row", { role: "option", id: `${this.id}-${index}`, onclick: () => this.take(index) },
        h("strong", {}, `/${entry.command}`), h("span", {}, entry.description))));
    this.element.hidden = this.shown.length === 0;
    this.mark();
  }

  mark() {
    [...this.element.children].forEach((row, index) => row.setAttribute("aria-selected", String(index === this.at)));
    this.element.children[this.at]?.scrollIntoView({ block: "nearest" });
    if (this.element.hidden) this.text.removeAttribute("aria-activedescendant");
    else this.text.setAttribute("aria-activedescendant", `${this.id}-${this.at}`);
  }

  hide() {
    this.element.hidden = true;
    this.mark();
  }

  take(index) {
    this.hide();
    this.choose(`/${this.shown[index].command}`);
  }

  /** True when the key was meant for this list. */
  keyed(event) {
    if (this.element.hidden) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      this.at = (this.at + step + this.shown.length) % this.shown.length;
      this.mark();
    } else if (event.key === "Enter" && !event.shiftKey) this.take(this.at);
    else if (event.key === "Tab" && !event.shiftKey) {
      this.text.value = `/${this.shown[this.at].command} `;
      this.text.dispatchEvent(new Event("input"));
    } else if (event.key === "Escape") this.hide();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }
}
