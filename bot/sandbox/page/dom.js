/** Small helpers to build the page: everything becomes a node or text, never markup. */

/**
 * h("button.send", {onclick, "aria-label": "…"}, "text", node, [more]) → element.
 * A property that is a function is a listener, false and null are left out, true is an empty attribute.
 */
export function h(spec, properties = {}, ...children) {
  const [tag, ...classes] = spec.split(".");
  const element = document.createElement(tag || "div");
  if (classes.length) element.className = classes.join(" ");
  if (element.tagName === "BUTTON") element.type = "button";
  for (const [name, value] of Object.entries(properties)) put(element, name, value);
  element.append(...flat(children));
  return element;
}

export function put(element, name, value) {
  if (typeof value === "function") element.addEventListener(name.slice(2), value);
  else if (name === "value") element.value = value;
  else if (value === false || value === null || value === undefined) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? "" : value);
}

export function fill(element, ...children) {
  element.replaceChildren(...flat(children));
  return element;
}

function flat(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
}

/** Up to two letters for an avatar; a person's last two words, as Vietnamese given names come last. */
export function initials(name) {
  const words = name.trim().split(/\s+/).filter(Boolean).slice(-2);
  return words.map((word) => Array.from(word)[0]).join("").toLocaleUpperCase("vi");
}

export function avatar(name, id, extra = "") {
  const element = h("span.avatar", { "aria-hidden": "true" }, initials(name));
  element.dataset.tint = String(Math.abs(Number(id) || 0) % 7);
  if (extra) element.classList.add(extra);
  return element;
}

/** Lower case without accents, so that "lan huong" finds "Lan Hương". */
export function fold(text) {
  return text.normalize("NFD").replace(/\p{Mn}/gu, "").replace(/đ/gi, "d").toLowerCase();
}
