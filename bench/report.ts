/** Rows as text for people. `--json` prints them as they are. */
import { barOf, meets } from "./bars.ts";
import type { Machine } from "./machine.ts";
import type { Row } from "./row.ts";

/** Three significant digits, or as many as the whole part has. */
export function figure(value: number): string {
  return Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}

export function describeMachine({ cpu, cpus, flags, system, date, commit }: Machine, engine: string): string {
  const stated = Object.entries(flags).map(([name, present]) => `${name} ${present ? "yes" : "no"}`);
  return [
    `${cpu}, ${cpus} processors, ${system}`,
    `flags: ${stated.length > 0 ? stated.join(", ") : "the system does not say"}`,
    `${engine}; ${date}; commit ${commit}`,
  ].join("\n");
}

interface Column {
  readonly head: string;
  readonly left?: true;
  of(row: Row): string;
}

function ratio(value: number | null): string {
  return value === null ? "-" : value.toFixed(3);
}

function bar(row: Row): string {
  const found = barOf(row);
  if (found === undefined) return "";
  const unit = found.of === "median" ? ` ${row.unit}` : "";
  return `<= ${found.atMost}${unit}: ${meets(row, found) ? "met" : "missed"}`;
}

const work: Column = { head: "work", left: true, of: (row) => row.work };
const implementation: Column = { head: "  implementation", left: true, of: (row) => `  ${row.implementation}` };
const unit: Column = { head: "unit", of: (row) => row.unit };
const exact: Column = { head: "size", of: (row) => String(row.median) };
const samples: readonly Column[] = [
  { head: "n", of: ({ n }) => String(n) },
  ...(["median", "p10", "p90", "mean"] as const).map((name) => ({ head: name, of: (row: Row) => figure(row[name]) })),
];
const ratios: readonly Column[] = [
  { head: "x native", of: (row) => ratio(row.ratioToNative) },
  { head: "x best JS", of: (row) => ratio(row.ratioToBestJs) },
];
const limit: Column = { head: "bar", left: true, of: bar };

/** Only what varies: a work with one implementation needs no line of its own, and a size has no spread. */
function columnsFor(rows: readonly Row[]): readonly Column[] {
  if (rows.every((row) => row.unit === "bytes")) return [work, exact, unit, limit];
  if (rows.every((row) => row.implementation === "keywright")) return [work, unit, ...samples, limit];
  return [implementation, unit, ...samples, ...ratios, limit];
}

/** Columns line up over the whole table; where several implementations stand side by side, their work stands above. */
export function table(rows: readonly Row[]): string {
  const columns = columnsFor(rows);
  const body = rows.map((row) => columns.map((column) => column.of(row)));
  const widths = columns.map(({ head }, i) => Math.max(head.length, ...body.map((cells) => cells[i]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => (columns[i]?.left ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join("  ")
      .trimEnd();
  const lines = rows.flatMap((row, i) => {
    const own = line(body[i] ?? []);
    return columns[0] === work || rows[i - 1]?.work === row.work ? [own] : [row.work, own];
  });
  return [line(columns.map(({ head }) => head)), ...lines].join("\n");
}
