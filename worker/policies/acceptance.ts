/** The acceptance of the core's two builds inside a policy document, as text, so that the file keeps its layout. */

type Digests = Readonly<Record<"simd" | "relaxed", string>>;

const accepted =
  /("digest": ")(sha256:[0-9a-f]{64})(",\s*"build": "(simd|relaxed)",\s*"acceptedBy": "[^"\n]*",\s*"acceptedOn": ")(\d{4}-\d{2}-\d{2})"/g;

/** The document with `digests` accepted on `day`, and its version raised; the same text if it accepts them already. */
export function acceptDigests(document: string, digests: Digests, day: string): string {
  const changed = document.replace(accepted, (all, open: string, was: string, middle: string, build: keyof Digests) =>
    was === digests[build] ? all : `${open}${digests[build]}${middle}${day}"`,
  );
  if (changed === document) return document;
  return changed.replace(/("version": )(\d+)/, (_, name: string, version: string) => `${name}${Number(version) + 1}`);
}
