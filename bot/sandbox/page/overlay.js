/** What lies over a phone or the page: sheets (dialogs), menus and toasts. Esc closes, focus comes back. */
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./words.js";

let numbers = 0;

/** Opens a dialog over `host`; returns close(). `onclose` runs however it was closed. */
export function sheet(host, { title, body, wide = false, role = "dialog", onclose = () => {} }) {
  const before = document.activeElement;
  const others = [...host.children].filter((child) => !child.inert && !child.classList.contains("toast"));
  const id = `sheet-${(numbers += 1)}`;
  const card = h("div.sheet", { role, "aria-modal": host === document.body ? "true" : null, "aria-labelledby": id, tabindex: "-1" },
    h("h2", { id }, title), body);
  const veil = h("div.veil", { onkeydown: (event) => event.key === "Escape" && (event.stopPropagation(), close()) }, card);
  veil.addEventListener("pointerdown", (event) => event.target === veil && close());
  veil.classList.toggle("wide", wide);
  for (const other of others) other.inert = true;
  host.append(veil);
  (card.querySelector("[data-first]") ?? card.querySelector("input, textarea, button") ?? card).focus();
  let open = true;
  function close() {
    if (!open) return;
    open = false;
    veil.remove();
    for (const other of others) other.inert = false;
    if (before?.isConnected) before.focus();
    onclose();
  }
  return close;
}

/** A question with one answer that acts; resolves to true or false. */
export function confirm(host, { title, text, yes, dangerous = false }) {
  return new Promise((resolve) => {
    let said = false;
    const agree = h("button.plain", { "data-first": true, onclick: () => ((said = true), close()) }, yes);
    agree.classList.toggle("danger", dangerous);
    const close = sheet(host, {
      title,
      role: "alertdialog",
      body: [h("p", {}, text), h("div.answers", {}, h("button.plain", { onclick: () => close() }, t("cancel")), agree)],
      onclose: () => resolve(said),
    });
  });
}

/** A message that must be read, as the bot's show_alert. */
export function alert(host, title, text) {
  const close = sheet(host, {
    title,
    role: "alertdialog",
    body: [h("p", {}, text), h("div.answers", {}, h("button.plain", { "data-first": true, onclick: () => close() }, t("ok")))],
  });
}

/** A line that goes away by itself. */
export function toast(host, text) {
  host.querySelector(":scope > .toast")?.remove();
  const line = h("div.toast", { role: "status" }, text);
  host.append(line);
  setTimeout(() => line.remove(), 4000);
}

/** A menu at a point of `host`; items are {label, icon, act}. */
export function menu(host, point, label, items) {
  const before = document.activeElement;
  const list = h("div.menu", { role: "menu", "aria-label": label });
  for (const item of items) {
    list.append(h("button", { role: "menuitem", tabindex: "-1", onclick: () => (close(), item.act()) },
      icon(item.icon), item.label));
  }
  host.append(list);
  place(list, host, point);
  list.firstElementChild.focus();
  list.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      const entries = [...list.children];
      entries.at((entries.indexOf(document.activeElement) + step) % entries.length).focus();
    } else if (event.key === "Escape" || event.key === "Tab") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  const away = (event) => list.contains(event.target) || close();
  document.addEventListener("pointerdown", away, true);
  function close() {
    document.removeEventListener("pointerdown", away, true);
    if (!list.isConnected) return;
    list.remove();
    if (before?.isConnected) before.focus();
  }
}

function place(list, host, point) {
  const frame = host.getBoundingClientRect();
  const left = Math.min(point.x - frame.left, frame.width - list.offsetWidth - 8);
  const top = Math.min(point.y - frame.top, frame.height - list.offsetHeight - 8);
  list.style.left = `${Math.max(8, left)}px`;
  list.style.top = `${Math.max(8, top)}px`;
}
