/** `keywright decide`: the policy's answer, without a key. */
import { openKeygen, webCrypto } from "../index.ts";
import {
  askOptions,
  asksOf,
  oneOf,
  ownerOptions,
  readAlgorithm,
  readArguments,
  readEnvironment,
  readPolicy,
  readScope,
} from "./arguments.ts";

export async function decide(args: readonly string[]): Promise<number> {
  const { subject, values } = readArguments(args, "algorithm", {
    ...ownerOptions,
    ...askOptions,
    export: { type: "string" },
    json: { type: "boolean", default: false },
  });
  const name = readAlgorithm(subject);
  const keygen = await openKeygen({
    policy: readPolicy(values.policy),
    environment: readEnvironment(values.environment),
    ...(values.tenant === undefined ? {} : { tenant: values.tenant }),
    ...readScope(values.scope),
    platform: webCrypto,
  });
  try {
    const form =
      values.export === undefined
        ? {}
        : { export: oneOf("--export", values.export, ["wrapped", "plaintext", "sealed"] as const) };
    const decision = keygen.decide(name, { ...asksOf(values), ...form });
    if (values.json) {
      process.stdout.write(`${JSON.stringify(decision, undefined, 2)}\n`);
    } else {
      const verdict = decision.allowed ? "allowed" : "refused";
      process.stdout.write(`${name}: ${verdict} by policy ${decision.policy.id} ${decision.policy.version}\n`);
      for (const rule of decision.broken) process.stdout.write(`  broken  ${rule.id} (${rule.source}): ${rule.why}\n`);
      for (const rule of decision.warnings)
        process.stdout.write(`  warning ${rule.id} (${rule.source}): ${rule.why}\n`);
      for (const duty of decision.obligations) process.stdout.write(`  duty    ${duty.id}: ${duty.what}\n`);
    }
    return decision.allowed ? 0 : 3;
  } finally {
    keygen.close();
  }
}
