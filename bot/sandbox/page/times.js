/** The sandbox's clock: where its buttons lead, always in the office's time (UTC+7, no summer time). */

const OFFSET = 7 * 3_600_000;

/** The moment at year, month (1–12, may overflow), day and hour in Vietnam. */
const at = (year, month, day, hours) => new Date(Date.UTC(year, month - 1, day, hours) - OFFSET);

/**
 * Where the clock's buttons lead from `now`, in order: [{name, at, kind?}].
 * `jumps` are those that the sandbox knows out of the office's timetable: working days are its matter.
 */
export function destinations(now, jumps) {
  const local = new Date(now.getTime() + OFFSET);
  const [year, month, day] = [local.getUTCFullYear(), local.getUTCMonth() + 1, local.getUTCDate()];
  const ends = Math.ceil(month / 3) * 3;
  const quarterEnd = [at(year, ends + 1, 0, 8), at(year, ends + 4, 0, 8)].find((moment) => moment > now);
  const known = Object.fromEntries(jumps.map((jump) => [jump.name, { ...jump, at: new Date(jump.at) }]));
  return [
    { name: "hour", at: new Date(now.getTime() + 3_600_000) },
    { name: "morning", at: at(year, month, day + 1, 8) },
    known.next,
    known.month,
    { name: "quarter_end", at: quarterEnd },
    known.quarter,
    known.review,
    known.appeal,
  ].filter(Boolean);
}

/** 2026-12-18T08:00:00+07:00 */
export function toIso(moment) {
  return `${new Date(moment.getTime() + OFFSET).toISOString().slice(0, 19)}+07:00`;
}

/** For a datetime field: 2026-12-18T08:00 */
export const toField = (moment) => toIso(moment).slice(0, 16);
export const fromField = (value) => new Date(`${value}:00+07:00`);
