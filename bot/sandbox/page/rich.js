/** A message's HTML, rebuilt from a whitelist: nothing of the source's markup is used as it is. */
import { h } from "./dom.js";

const TAGS = {
  B: "strong", STRONG: "strong", I: "em", EM: "em", U: "u", INS: "u", S: "s", STRIKE: "s", DEL: "s",
  CODE: "code", PRE: "pre", BLOCKQUOTE: "blockquote", BR: "br", A: "a", "TG-SPOILER": "spoiler",
};
const ADDRESS = /^(https?|tg|mailto|tel):/i;
const LIVE = /https?:\/\/[^\s<>"“”]+[^\s<>"“”.,;:!?)\]]|\bt\.me\/[^\s<>"“”]+[^\s<>"“”.,;:!?)\]]|(?<=^|[\s(])\/[a-z][a-z0-9_]{0,31}(?![\w/])/gi;

/** The fragment for `html`; links call openLink(address), commands call runCommand("/decu"). */
export function rich(html, actions) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const fragment = document.createDocumentFragment();
  for (const child of parsed.body.childNodes) append(fragment, child, actions, true);
  return fragment;
}

function append(parent, node, actions, live) {
  if (node.nodeType === Node.TEXT_NODE) {
    parent.append(...(live ? enliven(node.data, actions) : [node.data]));
  } else if (node.nodeType === Node.ELEMENT_NODE) {
    const element = rebuild(node, actions);
    const plain = ["A", "CODE", "PRE"].includes(node.tagName);
    for (const child of node.childNodes) append(element ?? parent, child, actions, live && !plain);
    if (element) parent.append(element);
  }
}

function rebuild(node, actions) {
  const tag = node.className === "tg-spoiler" ? "spoiler" : TAGS[node.tagName];
  if (tag === "a") {
    const address = node.getAttribute("href") ?? "";
    return ADDRESS.test(address) ? link(address, [], actions) : null;
  }
  if (tag === "spoiler") return spoiler();
  return tag ? document.createElement(tag) : null;
}

function enliven(text, actions) {
  const parts = [];
  let from = 0;
  for (const match of text.matchAll(LIVE)) {
    parts.push(text.slice(from, match.index));
    parts.push(match[0].startsWith("/") ? command(match[0], actions) : link(match[0], [match[0]], actions));
    from = match.index + match[0].length;
  }
  parts.push(text.slice(from));
  return parts.filter((part) => part !== "");
}

function link(address, children, actions) {
  const href = ADDRESS.test(address) ? address : `https://${address}`;
  const open = (event) => {
    if (actions.openLink(href)) event.preventDefault();
  };
  return h("a", { href, target: "_blank", rel: "noopener noreferrer", onclick: open }, children);
}

function command(name, actions) {
  return h("button.command", { onclick: () => actions.runCommand(name) }, name);
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
