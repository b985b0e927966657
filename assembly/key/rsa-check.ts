/** The check of a whole key that was made anywhere. */
import { Status } from "../abi";
import { checkOn, dropKey } from "./rsa";
import { unmetCriteria } from "./rsa-derive";
import { takeRest } from "./rsa-intake";

/**
 * Begins the check of a whole key, after givenKey: the other parts are taken as they are, from `rest`, and every
 * criterion but primality is asked at once; then the primes are tested, and then the pair. `rsaUnmet` tells which
 * criteria a key does not meet that is KEY_INVALID.
 */
export function checkKey(rest: usize): u32 {
  takeRest(rest);
  if (unmetCriteria() == 0) {
    checkOn();
    return Status.OK;
  }
  dropKey();
  return Status.KEY_INVALID;
}
