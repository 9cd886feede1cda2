/** The bar at the top: the bot's life, the clock, the faults, and beginning anew. */
import * as api from "./api.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { forget } from "./memory.js";
import { confirm, toast } from "./overlay.js";
import { destinations, fromField, toField, toIso } from "./times.js";
import { clockDay, hour, longDay, t } from "./words.js";

const KINDS = ["offline", "429", "403", "5xx", "timeout_after_accept"];
const FAST = 1440; // a day a minute

export class Bar {
  /** @param page {people(), shownIds(), isDark(), onTheme(), onLanguage(), afterReset()} */
  constructor(page) {
    this.page = page;
    this.clock = { now: new Date(), speed: 1, jumps: [], heard: performance.now() };
    this.bot = null;
    this.status = h("span.status", { role: "status" });
    this.kill = h("button.pill", { title: t("bot_kill_title"), onclick: () => this.doBot("kill") }, icon("bolt"), t("bot_kill"));
    this.start = h("button.pill", { onclick: () => this.doBot("start") }, icon("restart"), t("bot_start"));
    this.time = h("strong");
    this.date = h("span");
    this.clockPanel = this.buildClock();
    this.faultCount = h("span.badge");
    this.faultPanel = this.buildFaults();
    this.lost = h("p.lost", { role: "alert", hidden: true }, t("connection_lost"));
    this.element = this.build();
    this.showFaults([]);
    this.showBot(null);
    this.timer = setInterval(() => this.drawClock(), 1000);
  }

  build() {
    const controls = h("div.controls", { id: "controls", role: "group", "aria-label": t("controls") },
      h("div.bot", {}, this.status, this.kill, this.start),
      disclosure(this.clockPanel, [icon("clock"), h("span.unseen", {}, t("clock")), this.time, this.date], t("clock"), "clock-button"),
      disclosure(this.faultPanel, [icon("warning"), h("span.word", {}, t("faults")), this.faultCount], t("faults")),
      h("button.pill", { onclick: () => this.beginAnew(t("reset_title"), t("reset_text")) }, icon("fresh"), t("reset")));
    const more = h("button.tool.more", { "aria-label": t("controls"), "aria-expanded": "false", "aria-controls": "controls",
      onclick: () => more.setAttribute("aria-expanded", String(this.element.classList.toggle("open"))) }, icon("menu"));
    const dark = this.page.isDark();
    return h("header.bar", {},
      h("div.brand", {}, h("img", { src: "logo.svg", alt: "", width: 36, height: 36 }),
        h("div", {}, h("h1", {}, t("brand"), h("span", {}, ` · ${t("brand_note")}`)), h("p", {}, t("invented")))),
      controls,
      h("div.looks", {},
        h("button.tool.theme", { "aria-label": t(dark ? "light" : "dark"), title: t(dark ? "light" : "dark"), onclick: () => this.page.onTheme() },
          icon(dark ? "sun" : "moon")),
        h("button.tool.language", { "aria-label": t("other_language"), title: t("other_language"), onclick: () => this.page.onLanguage() },
          t("other_language_code")),
        more),
      this.lost);
  }

  now() {
    const passed = (performance.now() - this.clock.heard) * this.clock.speed;
    return new Date(this.clock.now.getTime() + passed);
  }

  showConnection(connected) {
    this.lost.hidden = connected;
  }

  showBot(bot) {
    this.bot = bot ?? this.bot;
    const running = this.bot?.running;
    const word = this.bot ? t(running ? "bot_running" : "bot_stopped") : t("bot_unknown");
    this.status.dataset.state = this.bot ? (running ? "running" : "stopped") : "unknown";
    this.status.title = running ? t("bot_details", { pid: this.bot.pid, starts: this.bot.starts }) : "";
    fill(this.status, h("i", { "aria-hidden": "true" }), word);
    this.kill.disabled = !running;
    this.start.disabled = running !== false;
  }

  async doBot(what) {
    try {
      this.showBot(await api.bot(what));
    } catch (error) {
      this.fail(error);
    }
  }

  showClock({ now, speed, jumps = [] }) {
    this.clock = { now: new Date(now), speed, jumps, heard: performance.now() };
    this.fast.checked = speed > 1;
    this.drawClock();
    if (!this.clockPanel.hidden) this.drawDestinations();
  }

  /** What was the next to come has passed: the sandbox knows what comes then. */
  async readClock() {
    this.clock.jumps = [];
    await api.clock().then((clock) => this.showClock(clock), () => {});
  }

  drawClock() {
    const now = this.now();
    for (const [element, words] of [[this.time, hour(now)], [this.date, clockDay(now)]]) {
      if (element.textContent !== words) element.textContent = words;
    }
    if (this.clock.jumps.some((jump) => new Date(jump.at) <= now)) this.readClock();
    else if (!this.clockPanel.hidden && this.clock.speed > 1) this.drawDestinations();
  }

  buildClock() {
    this.jumps = h("div.jumps");
    this.field = h("input", { type: "datetime-local", "aria-label": t("clock_other") });
    this.fast = h("input", { type: "checkbox", onchange: () => this.setSpeed() });
    const panel = h("div.panel", {}, h("p", {}, t("clock_note")), this.jumps,
      h("div.turn", {}, h("label", {}, h("span", {}, t("clock_other")), this.field),
        h("button.pill.strong", { onclick: () => this.field.value && this.turn(fromField(this.field.value)) }, t("clock_turn"))),
      h("label.tick", {}, this.fast, t("clock_fast")));
    panel.addEventListener("toggle-open", () => {
      this.field.value = toField(this.now());
      this.drawDestinations();
    });
    return panel;
  }

  drawDestinations() {
    const places = destinations(this.now(), this.clock.jumps);
    if (places.map(({ name }) => name).join() !== [...this.jumps.children].map(({ name }) => name).join()) {
      fill(this.jumps, places.map(({ name }) =>
        h("button.pill", { name, onclick: () => this.jump(name) }, h("span"), h("small"))));
    }
    places.forEach(({ at, name, kind }, index) => {
      const [words, moment] = this.jumps.children[index].children;
      words.textContent = t(`clock_${name}`, { what: name === "next" ? t(`occasion_${kind}`) : "" });
      moment.textContent = `${clockDay(at)}, ${hour(at)}`;
    });
  }

  jump(name) {
    const place = destinations(this.now(), this.clock.jumps).find((each) => each.name === name);
    return place && this.turn(place.at);
  }

  async turn(moment) {
    try {
      this.showClock(await api.clock({ now: toIso(moment), speed: this.clock.speed }));
      toast(document.body, t("clock_turned", { time: hour(moment), day: longDay(moment) }));
    } catch (error) {
      if (error.status === 409) {
        const back = t("clock_back", { time: hour(moment), day: longDay(moment) });
        await this.beginAnew(t("clock_back_title"), back, toIso(moment));
      }
      else this.fail(error);
    }
  }

  async setSpeed() {
    try {
      this.showClock(await api.clock({ speed: this.fast.checked ? FAST : 1 }));
    } catch (error) {
      this.fail(error);
    }
  }

  buildFaults() {
    this.kinds = KINDS.map((kind, index) => {
      const input = h("input", { type: "radio", name: "fault", value: kind, onchange: () => this.fitFault() });
      input.checked = index === 0;
      return input;
    });
    this.times = h("input", { type: "number", min: 1, placeholder: t("fault_until_cleared") });
    this.wait = h("input", { type: "number", min: 1, value: 5 });
    this.whose = h("select", {});
    this.waitLabel = h("label", {}, h("span", {}, t("fault_retry_after")), this.wait);
    this.faultList = h("ul.fault-list", { "aria-live": "polite" });
    this.clearFaults = h("button.pill", { onclick: () => this.fault({ clear: true }) }, t("fault_clear"));
    const panel = h("div.panel", {}, h("p", {}, t("faults_note")),
      h("div.kinds", { role: "radiogroup", "aria-label": t("faults") },
        this.kinds.map((input) => h("label.tick", {}, input, t(`fault_${input.value}`)))),
      h("div.turn", {}, h("label", {}, h("span", {}, t("fault_times")), this.times), this.waitLabel,
        h("label", {}, h("span", {}, t("fault_whose")), this.whose)),
      h("div.answers", {}, this.clearFaults, h("button.pill.strong", { onclick: () => this.makeFault() }, t("fault_make"))),
      this.faultList);
    panel.addEventListener("toggle-open", () => this.fitFault());
    return panel;
  }

  fitFault() {
    const chosen = this.whose.value;
    const people = this.page.people().filter((person) => this.page.shownIds().includes(person.user_id));
    fill(this.whose, h("option", { value: "" }, t("fault_everyone")),
      people.map((person) => h("option", { value: person.user_id }, person.name)));
    this.whose.value = [...this.whose.options].some((option) => option.value === chosen) ? chosen : "";
    this.waitLabel.hidden = this.kinds.find((input) => input.checked).value !== "429";
  }

  makeFault() {
    const kind = this.kinds.find((input) => input.checked).value;
    const fault = { kind };
    if (kind === "429") fault.retry_after = Number(this.wait.value) || 1;
    if (this.times.value) fault.times = Number(this.times.value);
    if (this.whose.value) fault.chat_id = Number(this.whose.value);
    return this.fault(fault);
  }

  async fault(fault) {
    try {
      this.showFaults((await api.faults(fault)).faults);
    } catch (error) {
      this.fail(error);
    }
  }

  showFaults(faults) {
    fill(this.faultCount, faults.length ? String(faults.length) : "");
    this.faultCount.title = faults.length ? t("fault_on", { count: faults.length }) : "";
    this.clearFaults.disabled = faults.length === 0;
    const words = (fault) => [t(`fault_${fault.kind}`), fault.times ? t("fault_count", { times: fault.times }) : null,
      this.page.people().find((person) => person.user_id === fault.chat_id)?.name].filter(Boolean).join(" · ");
    fill(this.faultList, faults.length ? faults.map((fault) => h("li", {}, words(fault))) : h("li.none", {}, t("fault_none")));
  }

  async beginAnew(title, text, now) {
    if (!(await confirm(document.body, { title, text, yes: t("reset"), dangerous: true }))) return;
    toast(document.body, t("reset_working"));
    try {
      await api.reset(now);
      forget("draft:");
      forget("open:");
      await this.page.afterReset();
      toast(document.body, t("reset_done"));
    } catch (error) {
      this.fail(error);
    }
  }

  fail(error) {
    toast(document.body, error.status === 0 ? t("error_offline") : t("error_other", { error: error.message }));
  }

  stop() {
    clearInterval(this.timer);
  }
}

let numbers = 0;

/** A button that shows and hides a panel under it; Esc and a press elsewhere hide it. */
function disclosure(panel, content, label, extra) {
  panel.id = `panel-${(numbers += 1)}`;
  panel.hidden = true;
  panel.setAttribute("role", "group");
  panel.setAttribute("aria-label", label);
  const button = h("button.pill", { "aria-expanded": "false", "aria-controls": panel.id, title: label,
    onclick: () => set(panel.hidden) }, content, icon("down"));
  if (extra) button.classList.add(extra);
  const element = h("div.disclosure", {}, button, panel);
  function set(open) {
    panel.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    if (open) panel.dispatchEvent(new Event("toggle-open"));
    document[open ? "addEventListener" : "removeEventListener"]("pointerdown", away, true);
  }
  function away(event) {
    if (!element.contains(event.target) && !event.target.closest(".veil")) set(false);
  }
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || panel.hidden) return;
    event.stopPropagation();
    set(false);
    button.focus();
  });
  return element;
}
