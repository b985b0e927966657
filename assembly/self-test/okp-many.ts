/**
 * The pairwise consistency test of up to sixteen pairs at once: of those that sign with one equation for many signatures
 * (`key/eddsa-many.ts`), which is tested itself before its first use in this instance; of the others one by one.
 */
import { Status } from "../abi";
import { fail } from "../base/health";
import { wipe } from "../base/memory";
import { maxSignatures } from "../edwards/public";
import { sign } from "../key/eddsa";
import { eddsaManyWipe, verifyAllVarTime } from "../key/eddsa-many";
import { okpKeyLength, publicKey, setKind, signs } from "../key/okp";
import { isPair, okpClean, okpReady } from "./okp";

const MAX_PAIRS: u32 = 16;
const room = memory.data(272, 16);
/** Two pairs that are known; and the message that is signed, 32 zeros. */
const keys = room; //                  114 bytes, rounded to 120
const publicKeys = room + 120; //      114, rounded to 120
const message = room + 240; //         32
const MESSAGE: u32 = 32;

/** Bit kind - 1. */
let passed: u32 = 0;

/** Whether all these pairs hold, by one equation. */
function holds(kind: u32, count: u32, privateHalves: usize, publicHalves: usize): bool {
  setKind(kind);
  sign(kind, count, privateHalves, publicHalves, message, MESSAGE);
  return verifyAllVarTime(count, publicHalves, message, MESSAGE) == 1;
}

/** Two pairs must hold, and must not once they have one public key: so an equation that always holds is noticed. */
function known(kind: u32): bool {
  const length = okpKeyLength(kind);
  for (let i: u32 = 0; i < 2 * length; i++) store<u8>(keys + i, <u8>i);
  publicKey(kind, keys, publicKeys);
  publicKey(kind, keys + length, publicKeys + length);
  if (!holds(kind, 2, keys, publicKeys)) return false;
  memory.copy(publicKeys, publicKeys + length, length);
  return !holds(kind, 2, keys, publicKeys);
}

/** Whether the halves of each pair belong together. */
function arePairs(kind: u32, count: u32, privateHalves: usize, publicHalves: usize): bool {
  const length = okpKeyLength(kind);
  setKind(kind);
  const most = signs(kind) ? maxSignatures() : 1;
  for (let i: u32 = 0; i < count; i += most) {
    const some = count - i < most ? count - i : most;
    const a = privateHalves + i * length, b = publicHalves + i * length;
    if (!(some == 1 ? isPair(kind, a, b) : holds(kind, some, a, b))) return false;
  }
  return true;
}

function clean(): void {
  wipe(room, 272);
  eddsaManyWipe();
  okpClean();
}

/**
 * The pairwise consistency test of 1 to 16 pairs; the private keys of `okpKeyLength` bytes follow one another, and the
 * public ones too. If any pair fails it, the instance is closed for good.
 */
export function okpPairwise(kind: u32, count: u32, privateHalves: usize, publicHalves: usize): u32 {
  let status = okpReady(kind);
  if (status != Status.OK) return status;
  if (count - 1 >= MAX_PAIRS) return Status.BAD_ARGUMENT;
  const bit: u32 = 1 << (kind - 1);
  if (count > 1 && signs(kind) && (passed & bit) == 0) {
    if (known(kind)) passed |= bit;
    else {
      fail();
      status = Status.SELF_TEST_FAILED;
    }
    clean();
  }
  if (status == Status.OK && !arePairs(kind, count, privateHalves, publicHalves)) {
    fail();
    status = Status.PAIRWISE_FAILED;
  }
  clean();
  return status;
}
