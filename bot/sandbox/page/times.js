/** The sandbox's clock: where its buttons lead, always in the office's time (UTC+7, no summer time). */

const OFFSET = 7 * 3_600_000;

/** The moment at year, month (1–12, may overflow), day and hour in Vietnam. */
const at = (year, month, day, hours) => new Date(Date.UTC(year, month - 1, day, hours) - OFFSET);

/** The first of `candidates` that lies after `now`. */
const next = (now, candidates) => candidates.find((moment) => moment > now);

/** Where each button leads from `now`: {hour, morning, twentieth, quarter, appeal}. */
export function destinations(now) {
  const local = new Date(now.getTime() + OFFSET);
  const [year, month, day] = [local.getUTCFullYear(), local.getUTCMonth() + 1, local.getUTCDate()];
  const quarterEnd = Math.ceil(month / 3) * 3;
  return {
    hour: new Date(now.getTime() + 3_600_000),
    morning: at(year, month, day + 1, 8),
    twentieth: next(now, [at(year, month, 20, 8), at(year, month + 1, 20, 8)]),
    quarter: next(now, [at(year, quarterEnd + 1, 0, 8), at(year, quarterEnd + 4, 0, 8)]),
    appeal: next(now, [at(year, 6, 11, 8), at(year + 1, 6, 11, 8)]),
  };
}

/** 2026-12-18T08:00:00+07:00 */
export function toIso(moment) {
  return `${new Date(moment.getTime() + OFFSET).toISOString().slice(0, 19)}+07:00`;
}

/** For a datetime field: 2026-12-18T08:00 */
export const toField = (moment) => toIso(moment).slice(0, 16);
export const fromField = (value) => new Date(`${value}:00+07:00`);
