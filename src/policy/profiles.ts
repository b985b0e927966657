/** The profiles that a policy may extend. */
import { cnsa2 } from "./cnsa-2.ts";
import { nist } from "./nist.ts";
import { open } from "./open.ts";
import type { Profile } from "./rule.ts";

export const profiles = { nist, "cnsa-2": cnsa2, open } as const satisfies Readonly<Record<string, Profile>>;

export type ProfileName = keyof typeof profiles;

export const profileNames = Object.keys(profiles) as readonly ProfileName[];

export function isProfileName(name: unknown): name is ProfileName {
  return typeof name === "string" && Object.hasOwn(profiles, name);
}
