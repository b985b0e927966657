/** `keywright decide`: the policy's answer, without a key. */
import { type Decision, openKeygen, webCrypto } from "../index.ts";
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
import { print } from "./stdout.ts";
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
    await print(values.json ? `${visibleJson(decision)}\n` : inWords(name, decision));
    return decision.allowed ? 0 : 3;
  } finally {
    keygen.close();
  }
}

function inWords(name: string, { allowed, policy, broken, warnings, obligations }: Decision): string {
  const lines = [
    `${name}: ${allowed ? "allowed" : "refused"} by policy ${visible(policy.id)} ${policy.version}`,
    ...broken.map((rule) => `  broken  ${ruleText(rule)}`),
    ...warnings.map((rule) => `  warning ${ruleText(rule)}`),
    ...obligations.map(({ id, what }) => `  duty    ${visible(id)}: ${visible(what)}`),
  ];
  return `${lines.join("\n")}\n`;
}
