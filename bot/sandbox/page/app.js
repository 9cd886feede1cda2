/** The page: a bar, phones side by side, and what the sandbox tells them. */
import * as api from "./api.js";
import { Bar } from "./bar.js";
import { avatar, fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { recall, remember } from "./memory.js";
import { sheet, toast } from "./overlay.js";
import { Phone } from "./phone.js";
import { pickPerson, roleWord } from "./picker.js";
import { getLanguage, setLanguage, t } from "./words.js";

const CAST = ["employee", "unit_head", "secretariat", "leader"];
const darkness = matchMedia("(prefers-color-scheme: dark)");

let people = [];
let phones = [];
let active = 0;
let bar = null;
const stage = h("main.stage");
const tabs = h("nav.tabs", { role: "tablist" });

const page = {
  people: () => people,
  shownIds: () => phones.map((phone) => phone.userId),
  now: () => bar.now(),
  isDark: () => (recall("theme", null) ?? (darkness.matches ? "dark" : "light")) === "dark",
  pick: async (host, choose) => {
    people = await api.people().catch(() => people);
    pickPerson(host, people, page.shownIds(), choose);
  },
  onPerson: (phone, person) => {
    phone.setPerson(person);
    castChanged();
  },
  onRemove: (phone) => {
    phones = phones.filter((each) => each !== phone);
    active = Math.min(active, Math.max(0, phones.length - 1));
    castChanged();
    stage.querySelector(".add").focus();
  },
  onUnread: () => drawTabs(),
  group: (phone) => nameGroup(phone),
  onTheme: () => {
    remember("theme", page.isDark() ? "light" : "dark");
    dress();
    rebuild(".theme");
  },
  onLanguage: () => {
    setLanguage(getLanguage() === "vi" ? "en" : "vi");
    remember("language", getLanguage());
    rebuild(".language");
  },
  afterReset: () => {
    build([]);
    return refresh();
  },
};

/** The default phones: for each role somebody who plainly has it and is already in the bot. */
function defaultCast() {
  const cast = [];
  for (const role of CAST) {
    const having = people.filter((person) => person.roles?.includes(role) && !cast.includes(person.user_id));
    const rank = (person) => (person.linked === false ? 10 : 0) + person.roles.filter((each) => each !== "employee").length;
    having.sort((a, b) => rank(a) - rank(b));
    if (having.length) cast.push(having[0].user_id);
  }
  return cast.length ? cast : people.slice(0, 1).map((person) => person.user_id);
}

function castOf() {
  const known = (id) => people.some((person) => person.user_id === id);
  const kept = recall("cast", null)?.filter(known);
  return kept?.length ? kept : defaultCast();
}

function personOf(userId) {
  return people.find((person) => person.user_id === userId);
}

function castChanged() {
  remember("cast", page.shownIds());
  drawStage();
}

function drawStage() {
  const add = h("button.add", { "aria-label": t("add_phone"), title: t("add_phone"), onclick: addPhone }, icon("plus"));
  const wanted = [...phones.map((phone) => phone.element), add];
  for (const child of [...stage.children]) if (!wanted.includes(child)) child.remove();
  stage.append(...wanted.filter((element) => element.parentNode !== stage));
  drawTabs();
}

function addPhone() {
  page.pick(document.body, (person) => {
    const phone = new Phone(page, person);
    phones.push(phone);
    active = phones.length - 1;
    castChanged();
    phone.refresh();
    phone.element.scrollIntoView({ inline: "end", block: "nearest" });
  });
}

/** On a narrow screen one phone is seen at a time, chosen by tab. */
function drawTabs() {
  const focused = tabs.contains(document.activeElement);
  fill(tabs, phones.map((phone, index) => {
    const person = phone.person();
    const count = phone.unread();
    phone.element.id = `phone-${index}`;
    phone.element.classList.toggle("active", index === active);
    return h("button.tab", { role: "tab", "aria-selected": String(index === active), "aria-controls": `phone-${index}`,
      tabindex: index === active ? "0" : "-1", onclick: () => choose(index), onkeydown: (event) => walkTabs(event, index) },
      avatar(person.name, person.user_id), h("span", {}, roleWord(person)),
      count ? h("span.badge", { "aria-label": t("unread_count", { count }) }, String(count)) : null);
  }));
  tabs.setAttribute("aria-label", t("phones"));
  if (focused) tabs.children[active]?.focus();
}

function choose(index) {
  active = index;
  drawTabs();
  phones[index].wake();
}

function walkTabs(event, index) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  choose((index + step + phones.length) % phones.length);
}

function nameGroup(phone) {
  const title = h("input", { type: "text", "aria-label": t("group_title"), placeholder: t("group_title"), "data-first": true });
  const channel = h("input", { type: "checkbox" });
  const make = async () => {
    if (!title.value.trim()) return title.focus();
    close();
    try {
      const { chat_id: chatId } = await api.createGroup(title.value.trim(), [...new Set(page.shownIds())], channel.checked);
      await Promise.all(phones.map((each) => each.reloadChats()));
      const chat = phone.chats.find((each) => each.chat_id === chatId);
      if (chat) await phone.enter(chat);
    } catch (error) {
      phone.fail(error);
    }
    return undefined;
  };
  title.addEventListener("keydown", (event) => event.key === "Enter" && !event.isComposing && make());
  const close = sheet(phone.screen, {
    title: t("new_group"),
    body: [h("p", {}, t("new_group_text")), title,
      h("label", {}, channel, " ", t("group_channel")),
      h("div.answers", {}, h("button.plain", { onclick: () => close() }, t("cancel")), h("button.plain", { onclick: make }, t("group_create")))],
  });
}

function dress() {
  const theme = recall("theme", null);
  if (theme) document.documentElement.dataset.theme = theme;
}

/** Draws everything again in another language or look; what was being written is kept as drafts. */
function rebuild(focus) {
  const { clock, bot } = bar;
  const now = bar.now();
  const cast = page.shownIds();
  build(cast);
  bar.showBot(bot);
  bar.showClock({ ...clock, now });
  phones.forEach((phone) => phone.refresh());
  document.querySelector(focus)?.focus();
}

function build(cast) {
  bar?.stop();
  bar = new Bar(page);
  document.title = t("title");
  phones = cast.map((userId) => new Phone(page, personOf(userId)));
  fill(stage);
  document.body.replaceChildren(bar.element, tabs, stage);
  drawStage();
}

async function refresh() {
  people = await api.people();
  if (phones.length === 0 || !page.shownIds().every(personOf)) build(castOf());
  const [bot, clock, { faults }] = await Promise.all([api.bot(), api.clock(), api.faults()]);
  bar.showBot(bot);
  bar.showClock(clock);
  bar.showFaults(faults);
  await Promise.all(phones.map((phone) => (phone.drawHolder(), phone.refresh())));
}

function hear(kind, data) {
  if (kind === "bot") return refreshBot(data);
  if (kind === "clock") return bar.showClock(data);
  return Promise.all(phones.map((phone) => phone.hear(kind, data)));
}

async function refreshBot(data) {
  bar.showBot("running" in data ? data : await api.bot());
}

function reconnected(connected) {
  bar.showConnection(connected);
  if (connected) refresh().catch((error) => toast(document.body, t("error_other", { error: error.message })));
}

setLanguage(recall("language", "vi"));
dress();
build([]);
api.listen(hear, reconnected);
document.addEventListener("visibilitychange", () => phones.forEach((phone) => phone.wake()));
darkness.addEventListener("change", () => !recall("theme", null) && phones.length && rebuild(".theme"));
