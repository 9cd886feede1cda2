/** Choosing who holds a phone: a searchable list of everybody in the invented office. */
import { avatar, fill, fold, h } from "./dom.js";
import { sheet } from "./overlay.js";
import { t } from "./words.js";

const ORDER = ["leader", "secretariat", "unit_head", "deputy", "employee"];

/** The word for what a person is here, by their weightiest role. */
export function roleWord(person) {
  const role = ORDER.find((each) => person.roles?.includes(each));
  return t(role ? `role_${role}` : "role_none");
}

export function roleOf(person) {
  return ORDER.find((each) => person.roles?.includes(each)) ?? "none";
}

export const workplace = (person) => [person.post, person.unit].filter(Boolean).join(" · ");

export function pickPerson(host, people, shownIds, choose) {
  const list = h("div.people", { role: "listbox", id: "people-list", "aria-label": t("choose_person") });
  let found = [];
  let at = 0;
  const search = h("input", {
    type: "search", placeholder: t("search_person"), "aria-label": t("search_person"), "data-first": true,
    role: "combobox", "aria-expanded": "true", "aria-controls": "people-list", oninput: draw, onkeydown: keyed,
  });
  const close = sheet(host, { title: t("choose_person"), body: [search, list] });
  draw();

  function draw() {
    const words = fold(search.value).split(/\s+/).filter(Boolean);
    found = people.filter((person) => {
      const hay = fold([person.name, workplace(person), roleWord(person)].join(" "));
      return words.every((word) => hay.includes(word));
    });
    at = 0;
    fill(list, found.length ? found.map(row) : h("p.none", {}, t("nobody_found")));
    mark();
  }

  function row(person, index) {
    const notes = [
      shownIds.includes(person.user_id) ? t("on_a_phone") : null,
      person.linked === false ? t("not_linked") : null,
    ].filter(Boolean).join(" · ");
    return h("div.person-row", { role: "option", id: `people-${index}`, onclick: () => take(person) },
      avatar(person.name, person.user_id),
      h("span.about", {}, h("span.who", {}, h("strong", {}, person.name), roleTag(person)),
        h("small", {}, workplace(person)), notes ? h("small.note", {}, notes) : null));
  }

  function mark() {
    [...list.children].forEach((each, index) => each.setAttribute("aria-selected", String(index === at)));
    list.children[at]?.scrollIntoView({ block: "nearest" });
    search.setAttribute("aria-activedescendant", found.length ? `people-${at}` : "");
  }

  function keyed(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length) {
      at = (at + step + found.length) % found.length;
      mark();
    } else if (event.key === "Enter" && !event.isComposing && found[at]) take(found[at]);
    else return;
    event.preventDefault();
  }

  function take(person) {
    close();
    choose(person);
  }
}

export function roleTag(person) {
  const tag = h("span.role", {}, roleWord(person));
  tag.dataset.role = roleOf(person);
  return tag;
}
