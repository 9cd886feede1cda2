/** One message as one bubble with its buttons. */
import { fileAddress } from "./api.js";
import { avatar, h } from "./dom.js";
import { icon } from "./icons.js";
import { deepLink, rich } from "./rich.js";
import { fileSize, hour, t } from "./words.js";

const ONLY_EMOJI = /^(?:\p{Extended_Pictographic}[\p{Emoji_Modifier}\uFE0F\u200D]*){1,3}$/u;

/**
 * @param message as docs/sandbox.md gives it
 * @param scene {own, group, quoted, actions}: whether it is this phone's person's, whether the chat is a group,
 *   the message replied to (or null), and what links, commands and buttons do
 */
export function bubble(message, scene) {
  const body = h("div.bubble", {},
    scene.group && !scene.own ? sender(message) : null,
    forwarded(message),
    quote(scene.quoted, scene.actions),
    media(message, scene.actions),
    words(message, scene));
  const element = h("article.message", { tabindex: "-1", "aria-label": `${message.from.name}, ${hour(new Date(message.at))}` },
    scene.group && !scene.own ? avatar(message.from.name, message.from.id) : null,
    h("div.column", {}, body, keys(message, scene.actions)));
  element.classList.add(scene.own ? "out" : "in");
  element.classList.toggle("with-media", Boolean(message.photo));
  element.classList.toggle("with-keys", Boolean(message.buttons?.length));
  element.classList.toggle("emoji", ONLY_EMOJI.test(message.text ?? ""));
  element.dataset.id = String(message.message_id);
  return element;
}

function sender(message) {
  const name = h("div.sender", {}, message.from.name);
  name.dataset.tint = String(Math.abs(message.from.id) % 7);
  return name;
}

function forwarded(message) {
  if (!message.forwarded) return null;
  const name = message.forwarded.name ?? message.forwarded.from?.name;
  return h("div.forwarded", {}, name ? t("forwarded_from", { name }) : t("forwarded"));
}

function quote(quoted, actions) {
  if (!quoted) return null;
  return h("button.quote", { onclick: () => actions.show(quoted.message_id) },
    h("strong", {}, quoted.from.name), h("span", {}, gist(quoted)));
}

function media(message, actions) {
  return [
    message.photo ? photo(message, actions) : null,
    message.sticker ? h("div.sticker", { role: "img", "aria-label": t("sticker") }, message.sticker.emoji ?? "🙂") : null,
    message.voice ? h("audio", { controls: true, src: fileAddress(message.voice.file_id), "aria-label": t("voice") }) : null,
    message.document ? documentCard(message.document) : null,
    message.contact ? contactCard(message.contact) : null,
  ];
}

function photo(message, actions) {
  const shot = Array.isArray(message.photo) ? message.photo.at(-1) : message.photo;
  const alt = t("photo_of", { name: message.from.name });
  const address = fileAddress(shot.file_id);
  const size = shot.width && shot.height ? { width: shot.width, height: shot.height } : {};
  return h("button.photo", { "aria-label": t("photo_large"), onclick: () => actions.enlarge(address, alt) },
    h("img", { src: address, alt, ...size }));
}

function documentCard(file) {
  const name = file.name ?? file.file_name ?? t("file");
  const size = file.size ?? file.file_size;
  return h("a.file", { href: fileAddress(file.file_id), download: name, "aria-label": t("download", { name }) },
    h("span.disc", {}, icon("download")),
    h("span.about", {}, h("strong", {}, name), h("small", {}, size === undefined ? "" : fileSize(size))));
}

function contactCard(contact) {
  const name = [contact.first_name, contact.last_name].filter(Boolean).join(" ");
  return h("div.file", {}, avatar(name || "?", contact.user_id),
    h("span.about", {}, h("strong", {}, name), h("small", {}, contact.phone_number)));
}

function words(message, scene) {
  const html = message.html ?? null;
  const text = message.text ?? message.caption;
  const content = html !== null ? rich(html, scene.actions) : text;
  return h("div.words", {}, content ? h("span.text", {}, content) : null, meta(message, scene.own));
}

function meta(message, own) {
  return h("span.meta", {},
    message.edited ? h("span", {}, t("edited"), " ") : null,
    h("time", { datetime: message.at }, hour(new Date(message.at))),
    own ? h("span.ticks", { role: "img", "aria-label": t("sent") }, icon("check"), icon("checks")) : null);
}

function keys(message, actions) {
  if (!message.buttons?.length) return null;
  const rows = message.buttons.map((row) => h("div.row", {}, row.map((key) => keyButton(message, key, actions))));
  return h("div.keys", {}, rows);
}

function keyButton(message, key, actions) {
  if (key.url) {
    const open = (event) => actions.openLink(key.url) && event.preventDefault();
    const away = deepLink(key.url) ? null : h("span.corner", {}, icon("forward"));
    return h("a.key", { href: key.url, target: "_blank", rel: "noopener noreferrer", onclick: open }, key.label, away);
  }
  const button = h("button.key", { onclick: () => actions.press(message, key, button) }, h("span", {}, key.label));
  return button;
}

/** A message in one line, for chat lists and quotes. */
export function gist(message) {
  const text = message.text ?? message.caption ?? "";
  if (message.photo) return text || `🖼 ${t("photo")}`;
  if (message.document) return `📎 ${message.document.name ?? t("file")}`;
  if (message.contact) return `👤 ${t("contact")}`;
  if (message.sticker) return t("sticker");
  if (message.voice) return t("voice");
  return text;
}
