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
import { ruleText } from "./exit.ts";
import { visible, visibleJson } from "./visible.ts";

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
      process.stdout.write(`${visibleJson(decision)}\n`);
    } else {
      const verdict = decision.allowed ? "allowed" : "refused";
      const { policy, broken, warnings, obligations } = decision;
      process.stdout.write(`${name}: ${verdict} by policy ${visible(policy.id)} ${policy.version}\n`);
      for (const rule of broken) process.stdout.write(`  broken  ${ruleText(rule)}\n`);
      for (const rule of warnings) process.stdout.write(`  warning ${ruleText(rule)}\n`);
      for (const { id, what } of obligations) process.stdout.write(`  duty    ${visible(id)}: ${visible(what)}\n`);
    }
    return decision.allowed ? 0 : 3;
  } finally {
    keygen.close();
  }
}
