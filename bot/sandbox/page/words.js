/** The page's own words in the language chosen, and its dates in the office's time. */
import en from "./words.en.js";
import vi from "./words.vi.js";

const LANGUAGES = { vi, en };
export const ZONE = "Asia/Ho_Chi_Minh";
let language = "vi";

export function setLanguage(code) {
  language = code in LANGUAGES ? code : "vi";
  document.documentElement.lang = language;
}

export const getLanguage = () => language;

/** t("files", {count: 3}): the sentence with its {values} put in. */
export function t(id, values = {}) {
  return LANGUAGES[language][id].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function format(instant, options) {
  const region = language === "vi" ? "vi-VN" : "en-GB";
  return new Intl.DateTimeFormat(region, { timeZone: ZONE, ...options }).format(instant);
}

export const hour = (instant) => format(instant, { hour: "2-digit", minute: "2-digit", hour12: false });
export const shortDay = (instant) => format(instant, { day: "2-digit", month: "2-digit" });
export const longDay = (instant) => format(instant, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
export const clockDay = (instant) => format(instant, { weekday: "short", day: "2-digit", month: "2-digit", year: "numeric" });
/** The calendar day as 2026-11-22, to compare days. */
export const dayKey = (instant) => new Intl.DateTimeFormat("sv-SE", { timeZone: ZONE }).format(instant);

export function fileSize(bytes) {
  const number = (value) => value.toLocaleString(language, { maximumFractionDigits: 1 });
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 ** 2) return `${number(bytes / 1024)} KB`;
  return `${number(bytes / 1024 ** 2)} MB`;
}
