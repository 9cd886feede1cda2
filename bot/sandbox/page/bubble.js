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
  const event = service(message);
  if (event) return event;
  const body = h("div.bubble", {},
    scene.group && !scene.own ? sender(message) : null,
    forwarded(message),
    quote(scene.quoted, scene.actions),
    media(message, scene.actions),
    words(message, scene),
    message.reaction ? h("span.reaction", {}, message.reaction) : null);
  const element = h("article.message", { tabindex: "-1", "aria-label": `${message.from.name}, ${hour(new Date(message.at))}` },
    scene.group && !scene.own ? face(message.from) : null,
    h("div.column", {}, body, keys(message, scene.actions)));
  element.classList.add(scene.own ? "out" : "in");
  element.classList.toggle("with-media", Boolean(message.photo));
  element.classList.toggle("with-keys", Boolean(message.buttons?.length));
  element.classList.toggle("emoji", ONLY_EMOJI.test(message.text ?? ""));
  element.dataset.id = String(message.message_id);
  return element;
}

function face(from) {
  if (from.is_bot) return h("img.avatar", { src: "logo.svg", alt: "", width: 30, height: 30 });
  return avatar(from.name, from.id);
}

/** "… joined the group" is no bubble but a line of its own. */
function service(message) {
  const came = message.service?.new_chat_members?.map((user) => user.first_name).join(", ");
  const left = message.service?.left_chat_member?.first_name;
  const upgraded = message.service?.migrate_from_chat_id && t("upgraded");
  if (!came && !left && !upgraded) return null;
  const words = upgraded || (came ? t("joined", { name: came }) : t("left", { name: left }));
  const element = h("div.message.service", { tabindex: "-1" }, words);
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
  const name = message.forwarded.name;
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
    message.service?.sticker ? sticker(message.service.sticker) : null,
    message.service?.voice ? h("audio", { controls: true, src: fileAddress(message.service.voice.file_id), "aria-label": t("voice") }) : null,
    message.document ? documentCard(message.document) : null,
    message.contact ? contactCard(message.contact) : null,
  ];
}

function photo(message, actions) {
  const shot = message.photo;
  const alt = t("photo_of", { name: message.from.name });
  const address = fileAddress(shot.file_id);
  return h("button.photo", { "aria-label": t("photo_large"), onclick: () => actions.enlarge(address, alt) },
    h("img", { src: address, alt, width: shot.width, height: shot.height }));
}

function sticker({ file_id: fileId, emoji }) {
  return h("img.sticker", { src: fileAddress(fileId), alt: emoji ?? t("sticker") });
}

function documentCard({ name, size, file_id: fileId }) {
  return h("a.file", { href: fileAddress(fileId), download: name, "aria-label": t("download", { name }) },
    h("span.disc", {}, icon("download")),
    h("span.about", {}, h("strong", {}, name), h("small", {}, fileSize(size))));
}

function contactCard(contact) {
  const name = [contact.first_name, contact.last_name].filter(Boolean).join(" ");
  return h("div.file", {}, avatar(name || "?", contact.user_id),
    h("span.about", {}, h("strong", {}, name), h("small", {}, contact.phone_number)));
}

function words(message, scene) {
  return h("div.words", {}, message.html ? h("span.text", {}, rich(message.html, scene.actions)) : null, meta(message, scene.own));
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
  if (message.document) return `📎 ${message.document.name}`;
  if (message.contact) return `👤 ${t("contact")}`;
  if (message.service?.sticker) return message.service.sticker.emoji ?? t("sticker");
  if (message.service?.voice) return t("voice");
  return text;
}
