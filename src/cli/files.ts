/**
 * Files that appear whole or not at all: what can be checked is checked before there is anything to write, the bytes go to
 * temporary files beside their targets, and only when all of them are on the disk is each put in its place.
 */
import { randomBytes } from "node:crypto";
import {
  accessSync,
  type BigIntStats,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { UsageError } from "./exit.ts";

export interface FileTarget {
  /** As the user wrote it, for messages. */
  readonly path: string;
  /** The same place by the real path of its folder, so that it is one place however it was written. */
  readonly file: string;
  /** Equal for two targets that are one file: the place itself, or the inode of what is there. */
  readonly identity: string;
  /** Something is there, and may be replaced. */
  readonly replaces: boolean;
}

export interface FileContent {
  readonly target: FileTarget;
  readonly bytes: Uint8Array;
  readonly mode: number;
}

/** A usage error for a place where no file can be put. */
export function checkTarget(path: string, force: boolean): FileTarget {
  const file = join(writableFolder(path), basename(path));
  const there: BigIntStats | undefined = lstatSync(file, { bigint: true, throwIfNoEntry: false });
  if (there === undefined) return { path, file, identity: file, replaces: false };
  if (there.isSymbolicLink()) {
    if (!existsSync(file) && !force)
      throw new UsageError(`${path} is a symbolic link to nothing; --force replaces the link`);
  } else if (!there.isFile()) {
    throw new UsageError(`${path} is not a file; a file is wanted, or "-" for stdout`);
  }
  if (!force) throw new UsageError(`${path} exists; --force overwrites it`);
  return { path, file, identity: `${there.dev}:${there.ino}`, replaces: true };
}

function writableFolder(path: string): string {
  const name = dirname(path);
  try {
    const folder = realpathSync(name);
    if (!statSync(folder).isDirectory()) throw new UsageError(`${name}, where ${path} should go, is not a folder`);
    accessSync(folder, constants.W_OK | constants.X_OK);
    return folder;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`the folder ${name}, where ${path} should go, cannot be written to (${codeOf(error)})`);
  }
}

/**
 * Puts the files in place in the order given, once all of them are on the disk and `between` is done: what can fail, and
 * cannot be taken back, comes there. No temporary file stays.
 */
export async function writeFiles(contents: readonly FileContent[], between = async () => {}): Promise<void> {
  const temporaries: string[] = [];
  try {
    for (const { target, bytes, mode } of contents) {
      const temporary = join(dirname(target.file), `.keywright-${randomBytes(8).toString("hex")}.tmp`);
      temporaries.push(temporary);
      attempt(target, () => writeNew(temporary, bytes, mode));
    }
    await between();
    contents.forEach(({ target }, index) => {
      attempt(target, () => place(temporaries[index] ?? "", target));
    });
  } finally {
    for (const temporary of temporaries) rmSync(temporary, { force: true });
  }
}

function writeNew(file: string, bytes: Uint8Array, mode: number): void {
  const handle = openSync(file, "wx", mode);
  try {
    let at = 0;
    while (at < bytes.length) at += writeSync(handle, bytes, at);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/**
 * Only what was seen to be there, and may go, is replaced: a link fails where something came to be since, even with
 * --force, so that the files of one run cannot replace each other on file systems that ignore case either.
 */
function place(temporary: string, { file, replaces }: FileTarget): void {
  if (replaces) {
    renameSync(temporary, file);
    return;
  }
  try {
    linkSync(temporary, file);
  } catch (error) {
    // File systems without hard links (FAT) say so in one of these ways.
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"].includes(codeOf(error))) throw error;
    copyFileSync(temporary, file, constants.COPYFILE_EXCL);
  }
}

function attempt({ path }: FileTarget, step: () => void): void {
  try {
    step();
  } catch (error) {
    const code = codeOf(error);
    const why = code === "EEXIST" ? "came to exist meanwhile and was not overwritten" : `cannot be written (${code})`;
    throw new Error(`${path} ${why}: this key is not to be used, make another`, { cause: error });
  }
}

export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}
