/** Where the command writes: nothing is lost, nothing is overwritten unasked, and no key stays without its record. */
import { createPrivateKey, createPublicKey, hkdfSync } from "node:crypto";
import {
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { UNSIGNED } from "#keywright/verify";
import { checkTarget, writeFiles } from "../../src/cli/files.ts";
import { type CommandFolder, commandFolder } from "./command.ts";

let run: CommandFolder;
beforeEach(() => {
  run = commandFolder();
});
afterEach(() => run.remove());

const aes = ["generate", "AES-256", "--policy", "nist"];
const rsa = ["generate", "RSA-2048", "--policy", "nist"];
const at = (name: string): string => join(run.folder, name);
const usage = (text: string) => ({ code: 2, stderr: expect.stringContaining(text) });

describe("one place has one file", () => {
  test.each([
    ["another spelling", ["--out", "k.pem", "--public-out", "./k.pem"]],
    ["a linked folder", ["--out", "k.pem", "--public-out", "here/k.pem"]],
    ["the name that the record has by default", ["--out", "k.pem", "--public-out", "k.pem.record.json"]],
  ])("by %s, before a key is made, with --force too", async (_, outputs) => {
    symlinkSync(".", at("here"));
    expect(await run.keywright([...rsa, ...outputs, "--force"])).toMatchObject(usage("files of their own"));
    expect(readdirSync(run.folder)).toEqual(["here"]);
  });

  test("by another name of the same inode", async () => {
    writeFileSync(at("k.pem"), "old");
    linkSync(at("k.pem"), at("same.pem"));
    const args = [...rsa, "--out", "k.pem", "--public-out", "same.pem", "--force"];
    expect(await run.keywright(args)).toMatchObject(usage("files of their own"));
    expect(run.read("k.pem")).toBe("old");
  });
});

describe("places that cannot be written to are found before a key is made", () => {
  test.each([
    ["no such folder", ["--out", "a.key", "--record", "nodir/r.json"], "nodir"],
    ["a file where a folder should be", ["--out", "a.key", "--record", "file/r.json"], "file"],
    ["a folder", ["--out", "folder", "--force"], "is not a file"],
    ["a symbolic link to nothing", ["--out", "dangling"], "dangling is a symbolic link to nothing"],
    ["a public half of a secret key", ["--out", "a.key", "--public-out", "a.pub"], "--public-out is for key pairs"],
  ])("%s", async (_, outputs, reason) => {
    writeFileSync(at("file"), "");
    mkdirSync(at("folder"));
    symlinkSync("nowhere", at("dangling"));
    expect(await run.keywright([...aes, ...outputs])).toMatchObject(usage(reason));
    expect(readdirSync(run.folder).sort()).toEqual(["dangling", "file", "folder"]);
  });
});

test("--force replaces a link, not what it points to, and leaves no temporary file", async () => {
  writeFileSync(at("target"), "precious", { mode: 0o644 });
  symlinkSync("target", at("k.pem"));
  const { code, stderr } = await run.keywright([...rsa, "--out", "k.pem", "--public-out", "k.pub", "--force"]);
  expect(code, stderr).toBe(0);
  expect(run.read("target")).toBe("precious");
  expect(lstatSync(at("k.pem")).isFile()).toBe(true);
  expect(statSync(at("k.pem")).mode & 0o777).toBe(0o600);
  expect(createPublicKey(createPrivateKey(run.read("k.pem"))).export({ format: "pem", type: "spki" })).toBe(
    createPublicKey(run.read("k.pub")).export({ format: "pem", type: "spki" }),
  );
  expect(readdirSync(run.folder).sort()).toEqual(["k.pem", "k.pem.record.json", "k.pub", "target"]);
});

describe("between the check and the writing", () => {
  test.each([false, true])("a file that comes to exist is not overwritten (force: %s)", async (force) => {
    const target = checkTarget(at("a.key"), force);
    writeFileSync(at("a.key"), "precious");
    await expect(writeFiles([{ target, bytes: Buffer.from("new"), mode: 0o600 }])).rejects.toThrow(
      "came to exist meanwhile",
    );
    expect(run.read("a.key")).toBe("precious");
    expect(readdirSync(run.folder)).toEqual(["a.key"]);
  });

  test("a folder that goes away takes no half of the files with it", async () => {
    mkdirSync(at("gone"));
    const key = { target: checkTarget(at("a.key"), false), bytes: Buffer.from("key"), mode: 0o600 };
    const record = { target: checkTarget(at("gone/r.json"), false), bytes: Buffer.from("{}"), mode: 0o644 };
    rmSync(at("gone"), { recursive: true });
    for (const order of [
      [key, record],
      [record, key],
    ]) {
      await expect(writeFiles(order)).rejects.toThrow(/r\.json cannot be written \(ENOENT\)/);
      expect(readdirSync(run.folder)).toEqual([]);
    }
  });
});

test("a raw key that begins as JSON does is read as it is", async () => {
  expect((await run.keywright([...aes, "--out", "a.key"])).code).toBe(0);
  const key = Buffer.concat([Buffer.from("{"), readFileSync(at("a.key")).subarray(1)]);
  const record = JSON.parse(run.read("a.key.record.json"));
  const salt = Buffer.from(record.predicate.kcvSalt, "hex");
  const { length } = Buffer.from(record.subject[0].digest.keywrightKcv1, "hex");
  const checkValue = hkdfSync("sha256", key, salt, "keywright kcv v1AES-256", length);
  record.subject[0].digest.keywrightKcv1 = Buffer.from(checkValue).toString("hex");
  writeFileSync(at("b.key"), key);
  writeFileSync(at("b.jwk"), JSON.stringify({ kty: "oct", k: key.toString("base64url") }));
  writeFileSync(at("b.json"), JSON.stringify(record));
  for (const file of ["b.key", "b.jwk"]) {
    const { code, stderr } = await run.keywright(["verify", "b.json", "--secret-key", file, "--allow-unsigned"]);
    expect(code, stderr).toBe(0);
  }
  writeFileSync(at("bad.jwk"), `{"kty":"oct","k":"${key.toString("base64url")}`);
  const bad = await run.keywright(["verify", "b.json", "--secret-key", "bad.jwk"]);
  expect(bad).toMatchObject(usage("is not JSON"));
  expect(bad.stderr).not.toContain(key.toString("base64url").slice(0, 8));
});

test("says that the record is not signed, in one line", async () => {
  const { stderr } = await run.keywright([...aes, "--out", "a.key"]);
  expect(stderr.split("\n").filter((line) => line.includes(UNSIGNED))).toEqual([
    `record a.key.record.json: ${UNSIGNED}`,
  ]);
});
