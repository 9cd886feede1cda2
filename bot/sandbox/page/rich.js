/** A message's HTML, rebuilt from a whitelist: nothing of the source's markup is used as it is. */
import { h } from "./dom.js";

const TAGS = {
  B: "strong", STRONG: "strong", I: "em", EM: "em", U: "u", INS: "u", S: "s", STRIKE: "s", DEL: "s",
  CODE: "code", PRE: "pre", BLOCKQUOTE: "blockquote", BR: "br", A: "a", "TG-SPOILER": "spoiler",
};
const SILENT = new Set(["SCRIPT", "STYLE", "TEMPLATE", "NOSCRIPT"]); // their text is not for reading
const ADDRESS = /^(https?|tg|mailto|tel):/i;
const COMMAND = /^\/\w+(@\w+)?$/;

/** The fragment for `html`; links call openLink(address), commands call runCommand("/decu"). */
export function rich(html, actions) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const fragment = document.createDocumentFragment();
  for (const child of parsed.body.childNodes) append(fragment, child, actions);
  return fragment;
}

function append(parent, node, actions) {
  if (node.nodeType === Node.TEXT_NODE) {
    const afterBlock = ["PRE", "BLOCKQUOTE"].includes(parent.lastChild?.tagName);
    parent.append(afterBlock ? node.data.replace(/^\n/, "") : node.data); // the block has ended the line already
  } else if (node.nodeType === Node.ELEMENT_NODE && !SILENT.has(node.tagName)) {
    const element = rebuild(node, actions);
    for (const child of node.childNodes) append(element ?? parent, child, actions);
    if (element) parent.append(element);
  }
}

function rebuild(node, actions) {
  const tag = /^(tg-)?spoiler$/.test(node.className) ? "spoiler" : TAGS[node.tagName];
  if (tag === "a") {
    if (COMMAND.test(node.dataset.command ?? "")) return command(node.dataset.command, actions);
    const address = node.getAttribute("href") ?? "";
    return ADDRESS.test(address) ? link(address, actions) : null;
  }
  if (tag === "spoiler") return spoiler();
  if (tag === "blockquote" && node.matches("[expandable], .expandable")) return foldedQuote();
  return tag ? document.createElement(tag) : null;
}

function link(href, actions) {
  const open = (event) => actions.openLink(href) && event.preventDefault();
  return h("a", { href, target: "_blank", rel: "noopener noreferrer", onclick: open });
}

function command(name, actions) {
  return h("button.command", { onclick: () => actions.runCommand(name) });
}

function foldedQuote() {
  return h("blockquote.folded", { onclick: (event) => event.currentTarget.classList.toggle("folded") });
}

function spoiler() {
  const element = h("span.spoiler", { tabindex: "0", role: "button", "aria-expanded": "false" });
  const show = () => {
    element.classList.add("shown");
    element.setAttribute("aria-expanded", "true");
  };
  element.addEventListener("click", show);
  element.addEventListener("keydown", (event) => event.key === "Enter" && show());
  return element;
}

/** The parameters of a link into the bot: {payload} for ?start=…, null for any other address. */
export function deepLink(address) {
  let url;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  const toTelegram = /^https?:$/.test(url.protocol) && /^(t|telegram)\.(me|dog)$/i.test(url.hostname);
  const named = toTelegram ? /^\/\w{4,}\/?$/.test(url.pathname) : url.protocol === "tg:" && url.searchParams.has("domain");
  return named ? { payload: url.searchParams.get("start") ?? "" } : null;
}
