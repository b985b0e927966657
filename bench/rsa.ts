/** Runs `rsa.bench.ts`, and the libraries beside it if they are there, and makes rows, lines and panels of the samples. */
import { loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { type Runtime, runIn } from "../test/support/runtimes.ts";
import { RESAMPLES, ratioInterval, ratioOfMeans } from "./bootstrap.ts";
import type { Timing, Unit } from "./harness.ts";
import type { Panel } from "./plot.ts";
import { figure } from "./report.ts";
import { type Row, rowsOf } from "./row.ts";
import { defaultRounds, rsaSizes } from "./rsa/facts.ts";
import type { RsaBits } from "./rsa/key.ts";
import { measureLibraries } from "./rsa/libraries.ts";
import { fixedOf, fixedParts } from "./rsa/parts.ts";
import { traceTiming } from "./rsa/trace.ts";
import type { RsaCall, RsaRounds } from "./rsa.bench.ts";
import { mean, median } from "./statistics.ts";
import type { Options, Outcome } from "./subjects.ts";

const entry = fileURLToPath(new URL("rsa.bench.ts", import.meta.url));

/** Calls of a few seconds each: some rounds of all implementations. */
const roundsPerCall: Readonly<Record<RsaBits, number>> = { 2048: 12, 3072: 4, 4096: 2 };

function callsFor(sizes: readonly RsaBits[], rounds: number | undefined): RsaCall[] {
  return sizes.flatMap((bits) => {
    const total = rounds ?? defaultRounds[bits];
    const each = roundsPerCall[bits];
    return Array.from({ length: Math.ceil(total / each) }, (_, i) => ({
      bits,
      round: i * each,
      rounds: Math.min(each, total - i * each),
      warmUp: i === 0,
    }));
  });
}

/** All rounds of one size, from the answers of several calls. */
export function joinRounds(answers: readonly RsaRounds[], bits: RsaBits): RsaRounds {
  const own = answers.filter((answer) => answer.bits === bits);
  return {
    bits,
    nativeName: own[0]?.nativeName ?? "",
    ours: own.flatMap(({ ours }) => ours),
    native: own.flatMap(({ native }) => native),
    generate: own.flatMap(({ generate }) => generate),
    seeded: own.flatMap(({ seeded }) => seeded),
    dissected: own.flatMap(({ dissected }) => dissected),
    plain: own.flatMap(({ plain }) => plain),
  };
}

const keywright = (samples: readonly number[]): Timing => ({ implementation: "keywright", kind: "keywright", samples });

function keyRows(runtime: Runtime, rounds: RsaRounds, libraries: readonly Timing[]): Row[] {
  const { bits, ours, native, nativeName, plain } = rounds;
  const theirs = (samples: readonly number[]): Timing => ({ implementation: nativeName, kind: "native", samples });
  const key = [keywright(ours.map((one) => one.key)), theirs(native.map((one) => one.key)), ...libraries];
  const whole = (samples: readonly { key: number; encode: number }[]) => samples.map(({ key, encode }) => key + encode);
  const rows = (work: string, timings: readonly Timing[]) =>
    rowsOf("rsa", runtime, { work, unit: "ms", timings }, ratioOfMeans);
  return [
    ...rows(`RSA-${bits} key`, key),
    ...(plain.length === 0
      ? []
      : rows(`RSA-${bits} key, without FMA`, [
          keywright(plain.map((one) => one.key)),
          theirs(native.map((one) => one.key)),
        ])),
    ...rows(`RSA-${bits} key, PKCS#8 + SPKI`, [keywright(whole(ours)), theirs(whole(native))]),
  ];
}

/** Milliseconds of generate() by phase. The pairwise test is fixed work: its median in the timed keys stands for it. */
function phasesOf({ ours, generate }: RsaRounds): [string, number[]][] {
  const pairwise = median(ours.map((one) => one.pairwise));
  return [
    ["decision", generate.map((one) => one.decision)],
    ["search", generate.map(({ whole, decision, pauses, record }) => whole - decision - pauses - record - pairwise)],
    ["pairwise test", generate.map(() => pairwise)],
    ["pauses", generate.map((one) => one.pauses)],
    ["record", generate.map((one) => one.record)],
  ];
}

function ownRow(runtime: Runtime, work: string, unit: Unit, samples: readonly number[]): Row[] {
  return rowsOf("rsa", runtime, { work, unit, timings: [keywright(samples)] });
}

function generateRows(runtime: Runtime, rounds: RsaRounds): Row[] {
  const work = `RSA-${rounds.bits} generate()`;
  const whole = ownRow(
    runtime,
    work,
    "ms",
    rounds.generate.map((one) => one.whole),
  );
  return [
    ...whole,
    ...phasesOf(rounds).flatMap(([name, samples]) => ownRow(runtime, `${work}: ${name}`, "ms", samples)),
  ];
}

/** Beside the default generation, which stands where libraries in JavaScript do. */
function seededRows(runtime: Runtime, { bits, generate, seeded }: RsaRounds): Row[] {
  const whole = generate.map((one) => one.whole);
  const timings = [keywright(seeded), { implementation: "generate()", kind: "javascript", samples: whole } as const];
  return rowsOf("rsa", runtime, { work: `RSA-${bits} generateFromSeed()`, unit: "ms", timings }, ratioOfMeans);
}

function partRows(runtime: Runtime, { bits, ours, dissected }: RsaRounds): Row[] {
  const work = `RSA-${bits} key`;
  const tests = ours.map((one) => one.tests);
  return [
    ...ownRow(runtime, `${work}: tests`, "tests", tests),
    ...ownRow(
      runtime,
      `${work}: one test`,
      "ms",
      dissected.flatMap((one) => one.tests),
    ),
    ...ownRow(
      runtime,
      `${work}: sieving, per test`,
      "ms",
      dissected.map((one) => one.sieving),
    ),
    ...ownRow(runtime, `${work}: fixed`, "ms", fixedOf(dissected)),
  ];
}

function traceRows(runtime: Runtime, bits: RsaBits, samples: readonly number[]): Row[] {
  return samples.length === 0 ? [] : ownRow(runtime, `RSA-${bits} trace, A.1.3`, "ms", samples);
}

const percent = (share: number) => `${figure(share * 100)} %`;

function linesOf(rounds: RsaRounds): string[] {
  const { bits, ours, native, generate } = rounds;
  const { ratio, low, high } = ratioInterval(
    ours.map((one) => one.key),
    native.map((one) => one.key),
  );
  const { tests, formula, test, sieving, fixed, sum, mean: measured } = fixedParts(rounds);
  const apart = sum / measured - 1;
  const whole = mean(generate.map((one) => one.whole));
  const shares = phasesOf(rounds).map(([name, samples]) => `${name} ${percent(mean(samples) / whole)}`);
  return [
    `RSA-${bits} key: ${ratio.toFixed(3)} x native, 90 % interval ${low.toFixed(3)} to ${high.toFixed(3)} (bootstrap, ${RESAMPLES} resamples of ${ours.length} rounds)`,
    `RSA-${bits} key: ${figure(tests)} tests (formula ${figure(formula)}) x (${figure(test)} ms + ${figure(sieving)} ms of sieving) + ${figure(fixed)} ms fixed = ${figure(sum)} ms; the mean is ${figure(measured)} ms, ${Math.abs(apart) <= 0.1 ? "within" : "NOT within"} 10 % (${(apart * 100).toFixed(1)} %)`,
    `RSA-${bits} generate(): ${shares.join(", ")}`,
  ];
}

function panelOf({ bits, ours, native, nativeName, generate }: RsaRounds): Panel {
  const series = [
    { name: "keywright", samples: ours.map((one) => one.key) },
    { name: nativeName, samples: native.map((one) => one.key) },
    { name: "generate()", samples: generate.map((one) => one.whole) },
  ];
  return { title: `RSA-${bits} key`, unit: "ms", series };
}

const load = () => loadavg()[0]?.toFixed(1) ?? "unknown";

export async function rsaOutcome({ runtime, rounds, bits }: Options): Promise<Outcome> {
  const sizes = rsaSizes.filter((size) => bits === undefined || size === bits);
  const loadBefore = load();
  const answers: RsaRounds[] = [];
  await runIn<RsaCall, RsaRounds>(runtime, entry, "measureRsa", callsFor(sizes, rounds), (answer) =>
    answers.push(answer),
  );
  const loadAfter = load();
  const libraries = await measureLibraries(runtime, sizes, rounds);
  const traces = sizes.map((size) => traceTiming(runtime, size, rounds));
  const measured = sizes.map((size) => joinRounds(answers, size));
  const rows = measured.flatMap((one, i) => [
    ...keyRows(runtime, one, libraries.timings[one.bits] ?? []),
    ...partRows(runtime, one),
    ...generateRows(runtime, one),
    ...seededRows(runtime, one),
    ...traceRows(runtime, one.bits, traces[i]?.samples ?? []),
  ]);
  const said = [
    ...measured.flatMap(linesOf),
    ...libraries.lines,
    ...new Set(traces.map(({ line }) => line)),
    `load average ${loadBefore} before the keys and ${loadAfter} after them; this command alone makes it about 1`,
  ];
  return { rows, lines: [...said, ""], panels: measured.map(panelOf) };
}
