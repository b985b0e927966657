/** The vectors, asked of the core through the library's testing door. */
import { openTestBench } from "#keywright/testing";
import type { FileReport } from "./report.ts";
import { type FileInput, runFile } from "./run-file.ts";

export async function runVectorFile(input: FileInput): Promise<FileReport> {
  return await runFile(openTestBench, input);
}
