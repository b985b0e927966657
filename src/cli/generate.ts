/** `keywright generate`: a key made in this process. */
import { openKeygen, webCrypto } from "../index.ts";
import {
  askOptions,
  asksOf,
  makingOf,
  makingOptions,
  outputOptions,
  ownerOptions,
  readAlgorithm,
  readArguments,
  readEnvironment,
  readPolicy,
  readScope,
} from "./arguments.ts";
import { readTargets, report, writeKey } from "./output.ts";
import { watchProgress } from "./progress.ts";

export async function generate(args: readonly string[]): Promise<number> {
  const { subject, values } = readArguments(args, "algorithm", {
    ...ownerOptions,
    ...askOptions,
    ...makingOptions,
    ...outputOptions,
  });
  const name = readAlgorithm(subject);
  const targets = readTargets(name, values);
  const keygen = await openKeygen({
    policy: readPolicy(values.policy),
    environment: readEnvironment(values.environment),
    ...(values.tenant === undefined ? {} : { tenant: values.tenant }),
    ...readScope(values.scope),
    platform: webCrypto,
  });
  const watch = watchProgress();
  try {
    const made = await keygen.generate(name, {
      ...asksOf(values),
      ...makingOf(values),
      signal: watch.signal,
      onProgress: watch.onProgress,
    });
    watch.end();
    const pair = "privateKey" in made;
    await writeKey(
      pair
        ? { key: made.privateKey, publicKey: made.publicKey, record: made.record }
        : { key: made.secretKey, record: made.record },
      targets,
    );
    report(made.record, targets);
    return 0;
  } finally {
    watch.end();
    keygen.close();
  }
}
