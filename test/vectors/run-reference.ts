/** The vectors, asked of the references that the core is compared with. In Node alone. */
import { openReference } from "./reference.ts";
import type { FileReport } from "./report.ts";
import { type FileInput, runFile } from "./run-file.ts";

export async function runVectorFile(input: FileInput): Promise<FileReport> {
  return await runFile(openReference, input);
}
