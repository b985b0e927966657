/** What can be measured: one line a subject, one file for each. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Runtime, runIn } from "../test/support/runtimes.ts";
import { leakNotes } from "./ct/notes.ts";
import type { HarnessOptions, Measured } from "./harness.ts";
import type { Panel } from "./plot.ts";
import { type Row, rowsOf } from "./row.ts";
import { rsaNotes, rsaSizes } from "./rsa/facts.ts";

export interface Options {
  readonly runtime: Runtime;
  /** Samples of each row; every subject has its own default. */
  readonly rounds?: number;
  /** Only these key sizes; all of the subject's unless given. */
  readonly bits?: number;
}

export interface Outcome {
  readonly rows: readonly Row[];
  /** What is to be said of these rows beside the table. */
  readonly lines?: readonly string[];
  /** What `--plot` draws. */
  readonly panels?: readonly Panel[];
  /** What makes the command fail, each in a line. */
  readonly failures?: readonly string[];
}

export interface Subject {
  readonly about: string;
  /** What is to be said under the table. */
  readonly notes: readonly string[];
  run(options: Options): Promise<Outcome>;
  /** Where it can run; everywhere unless given. */
  readonly runtimes?: readonly Runtime[];
  /** Key sizes that `--bits` may choose from. */
  readonly sizes?: readonly number[];
  /** Whether there are distributions to plot. */
  readonly plots?: true;
  /** Rows that make the command fail. */
  failed?(rows: readonly Row[]): Promise<Row[]>;
}

/** A subject whose file runs in the runtime itself: `exportName` measures one work, and the file lists them as `works`. */
function portable(name: string, file: string, exportName: string): Subject["run"] {
  const url = new URL(file, import.meta.url);
  return async ({ runtime, rounds }) => {
    const { works } = (await import(url.href)) as { works: readonly string[] }; // each such file exports it
    const options: HarnessOptions = rounds === undefined ? {} : { rounds };
    const inputs = works.map((work) => ({ work, options }));
    const rows: Row[] = [];
    await runIn<(typeof inputs)[number], Measured>(runtime, fileURLToPath(url), exportName, inputs, (measured) =>
      rows.push(...rowsOf(name, runtime, measured)),
    );
    return { rows };
  };
}

export const subjects: Readonly<Record<string, Subject>> = {
  drbg: {
    about: "HMAC_DRBG against node:crypto and the JavaScript libraries",
    notes: [
      "one request to a seeded instance, without additional input; ratios are ours / theirs, lower is better, medians over rounds",
      "native: HMAC_DRBG over node:crypto's createHmac, one call a block; other runtimes have no synchronous HMAC to build it on",
    ],
    run: portable("drbg", "./drbg.bench.ts", "measureDrbg"),
  },
  kdf: {
    about: "PBKDF2 and HKDF against the platform and @noble/hashes",
    notes: [
      "PBKDF2 as it is awaited, with its pauses; ratios are ours / theirs, lower is better, medians over rounds",
      "the bars hold on a CPU without SHA extensions; OPENSSL_ia32cap=:~0x20000000 makes Node's OpenSSL take an x86-64 for one",
      "128 bytes: four blocks, in lanes; native works them out one after the other",
    ],
    run: portable("kdf", "./kdf.bench.ts", "measureKdf"),
  },
  hash: {
    about: "SHA-2, SHA-3, SHAKE and HMAC against the platform and the JavaScript libraries",
    notes: [
      "a whole message: 64 KiB is throughput, 64 bytes the cost of a call; ratios are ours / theirs, lower is better, medians over rounds",
      "native: node:crypto's hash, or createHash and createHmac where it has no such call; elsewhere crypto.subtle, with the HMAC key imported before",
    ],
    run: async (options) => {
      const library = new URL("./compare/node_modules/hash-wasm/package.json", import.meta.url);
      if (existsSync(library)) return await portable("hash", "./compare/hash.ts", "measureHashBeside")(options);
      const lines = ["hash-wasm is not installed, so it is not compared with: npm ci --prefix bench/compare"];
      return { ...(await portable("hash", "./hash.bench.ts", "measureHash")(options)), lines };
    },
  },
  ec: {
    about: "keys on elliptic curves against the platform and @noble/curves",
    notes: [
      "from an open, seeded, self-tested generator to both halves of the key outside the core, DRBG included; the table of a curve stands",
      "native: node:crypto generateKeyPairSync without encodings; elsewhere crypto.subtle.generateKey where it has the curve; neither it nor noble makes a pairwise test",
    ],
    run: portable("ec", "./ec.bench.ts", "measureEc"),
  },
  bulk: {
    about: "keys with their records, in bulk and one by one",
    notes: [
      "keywright: the next key of generateMany, with the turns that it gives the event loop; one by one: generate, awaited; both with decision, pairwise test and record",
      "the ratio is in bulk / one by one, lower is better; where a pairwise test is most of the time there is little to share",
    ],
    run: async (options) => {
      const { rows } = await portable("bulk", "./bulk.bench.ts", "measureBulk")(options);
      const told = rows.map(
        ({ work, implementation, median }) =>
          `${work}, ${implementation === "keywright" ? "in bulk" : implementation}: ${Math.round(1e6 / median)} a second`,
      );
      return { rows, lines: told };
    },
  },
  rsa: {
    about: "RSA keys against the platform and the JavaScript libraries, key by key",
    sizes: rsaSizes,
    plots: true,
    notes: rsaNotes,
    run: async (options) => (await import("./rsa.ts")).rsaOutcome(options),
  },
  pqc: {
    about: "post-quantum keys against the platform and @noble/post-quantum",
    notes: [
      "key: from an opened, seeded, self-tested generator to seed and public key outside the core; ratios are ours / theirs, lower is better, medians over rounds",
      "native: Node's generateKeyPairSync without encodings, elsewhere WebCrypto's generateKey without export, where the runtime has the algorithm",
      "key, freshened: with the platform's 32 fresh bytes that generate() mixes into the generator before each key",
      "pairwise test: of a pair that is there; neither native nor noble makes one",
      "SLH-DSA: key, tested is a key with its pairwise test, a signature made and verified; the sets that end in s have 5 rounds at most, and noble's keys of theirs, which take seconds, are left out",
    ],
    run: portable("pqc", "./pqc.bench.ts", "measurePqc"),
  },
  ct: {
    about: "whether times tell secrets: the exponentiation and the generator, fixed secrets against random ones",
    runtimes: ["node"],
    notes: leakNotes,
    run: async (options) => (await import("./ct/outcome.ts")).leakOutcome(options),
  },
  startup: {
    about: "loading the core, opening a generator, the first key",
    notes: [
      'each sample but those of "again" is the first of its kind in a fresh process, page or isolate',
      "openKeygen: the module is loaded, the platform's own cryptography was touched once, half a second passed; a colon leads parts of the line above",
      "import + openKeygen, cold process: the compiled package in a new Node process, whose own start is not counted",
    ],
    run: async ({ runtime, rounds }) => ({ rows: await (await import("./startup.ts")).startupRows(runtime, rounds) }),
  },
  size: {
    about: "bytes of the core and of the bundles, against their budgets",
    notes: [
      "bundles: esbuild, minified, without the core, which is loaded apart; chromium and node take the same files",
    ],
    run: async ({ runtime }) => ({ rows: await (await import("./size.ts")).sizeRows(runtime) }),
    failed: async (rows) => (await import("./size.ts")).overBudget(rows),
  },
};
