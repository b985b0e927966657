/** Calendar dates as policies write them: `2026-11-21`, days of UTC. Such texts compare as the dates do. */

const form = /^\d{4}-\d{2}-\d{2}$/;

/** Whether `text` is a day that exists, in the form of RFC 3339, 5.6, full-date. */
export function isDate(text: string): boolean {
  return form.test(text) && dayOf(new Date(`${text}T00:00:00Z`)) === text;
}

/** The UTC day of an instant; empty for an invalid one. */
export function dayOf(instant: Date): string {
  return Number.isNaN(instant.getTime()) ? "" : instant.toISOString().slice(0, 10);
}

/** The same as a number: the days since 1970. NaN for an invalid instant. */
export function dayNumber(instant: Date): number {
  return Math.floor(instant.getTime() / 86_400_000);
}

export function addDays(day: string, days: number): string {
  return dayOf(new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000));
}

/** The same day `months` later, or the last of that month where it has no such day. */
export function addMonths(day: string, months: number): string {
  const end = new Date(`${day.slice(0, 8)}01T00:00:00Z`); // parsed, since Date.UTC takes the years 0 to 99 for 1900 to 1999
  end.setUTCMonth(end.getUTCMonth() + months + 1, 0);
  end.setUTCDate(Math.min(Number(day.slice(8)), end.getUTCDate()));
  return dayOf(end);
}

export function later(a: string, b: string): string {
  return a > b ? a : b;
}
