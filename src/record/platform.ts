/** What holds of the record of a key that the platform made: what is not known of it is not stated, and what was checked is. */
import type { Algorithm } from "../algorithms/algorithm.ts";
import { webCryptoRows } from "../algorithms/web-crypto.ts";
import type { Hold } from "./hold.ts";
import type { PlatformPredicate } from "./record.ts";

export function checkPlatform(predicate: PlatformPredicate, row: Algorithm, hold: Hold): void {
  const { module, deterministic, generation, decision, checked } = predicate;
  const obliged = decision.obligations.map(({ id }) => id);
  const { library, runtime } = module;
  hold("provider", webCryptoRows(row).length > 0, `Web Cryptography has no name for ${row.name}`);
  hold(
    "library",
    library === null || (runtime.name === "node" && library.name === "OpenSSL"),
    `${runtime.name} does not say that its library is ${library?.name}`,
  );
  hold("generation", generation === "random", "a platform takes no seed and no components");
  hold("obligations", !obliged.includes("prediction-resistance"), "fresh entropy cannot be asked of a platform");
  hold("obligations", checked !== "full" || !obliged.includes("not-extractable"), "a key that must stay is not read");
  hold("deterministic", !deterministic, "no entropy of a platform's key can be scripted");
}
