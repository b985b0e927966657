/**
 * SHAKE128 and SHAKE256 (FIPS 202, 6.2) as streams: absorb any number of times, then squeeze any number of times.
 *
 * A state is `shakeStateSize()` bytes wherever the caller likes: rate in bytes, place within the block, whether the
 * message is over, and the 200 bytes of Keccak. It holds what was absorbed; who owns it wipes it. Lengths are public;
 * nothing else is branched on.
 */
import { Status } from "../abi";
import { failed } from "../base/health";
import { wipe } from "../base/memory";
import { keccak } from "./keccak";

const PLACE: usize = 4;
const SQUEEZING: usize = 8;
const SPONGE: usize = 16;
/** Rounded up to 16 bytes. */
export const SHAKE_STATE: u32 = 16 + 208;

export function shakeStateSize(): u32 {
  return SHAKE_STATE;
}

/** The rate in bytes: 200 less twice the strength, the capacity being 256 or 512 bits; 0 if there is no such function. */
function rateOf(strengthBits: u32): u32 {
  return strengthBits == 128 ? 168 : strengthBits == 256 ? 136 : 0;
}

/** Starts SHAKE128 or SHAKE256; `strengthBits` is known to be 128 or 256. */
export function shakeStart(state: usize, strengthBits: u32): void {
  wipe(state, SHAKE_STATE);
  store<u32>(state, rateOf(strengthBits));
}

function permute(state: usize): void {
  keccak(state + SPONGE, state + SPONGE, 0, 0);
}

/** Takes in `len` bytes. The message is known not to be over. */
export function shakeTakeIn(state: usize, data: usize, len: u32): void {
  const rate = load<u32>(state);
  let place = load<u32>(state + PLACE);
  while (len > 0) {
    const part = min(rate - place, len);
    const to = state + SPONGE + place;
    let i: usize = 0;
    for (; i + 8 <= <usize>part; i += 8) store<u64>(to + i, load<u64>(to + i) ^ load<u64>(data + i));
    for (; i < <usize>part; i++) store<u8>(to + i, load<u8>(to + i) ^ load<u8>(data + i));
    data += part;
    len -= part;
    place += part;
    if (place == rate) {
      permute(state);
      place = 0;
    }
  }
  store<u32>(state + PLACE, place);
}

/** The suffix 1111 and pad10*1 (6.2 and 5.1): the message is over. */
function pad(state: usize, rate: u32): void {
  const at = state + SPONGE + load<u32>(state + PLACE);
  store<u8>(at, load<u8>(at) ^ 0x1f);
  const last = state + SPONGE + rate - 1;
  store<u8>(last, load<u8>(last) ^ 0x80);
  store<u32>(state + PLACE, rate); // nothing is left of this block: permute first
  store<u32>(state + SQUEEZING, 1);
}

/** Writes the next `len` bytes. The first call ends the message. */
export function shakeGiveOut(state: usize, out: usize, len: u32): void {
  const rate = load<u32>(state);
  if (load<u32>(state + SQUEEZING) == 0) pad(state, rate);
  let place = load<u32>(state + PLACE);
  while (len > 0) {
    if (place == rate) {
      permute(state);
      place = 0;
    }
    const part = min(rate - place, len);
    memory.copy(out, state + SPONGE + place, part);
    out += part;
    len -= part;
    place += part;
  }
  store<u32>(state + PLACE, place);
}

/** Starts a message; `strengthBits` is 128 or 256. */
export function shakeInit(state: usize, strengthBits: u32): u32 {
  if (failed()) return Status.SELF_TEST_FAILED;
  if (rateOf(strengthBits) == 0) return Status.BAD_ARGUMENT;
  shakeStart(state, strengthBits);
  return Status.OK;
}

function isState(state: usize): bool {
  const rate = load<u32>(state);
  return (rate == 168 || rate == 136) && load<u32>(state + PLACE) <= rate;
}

/** BAD_ARGUMENT once something was squeezed: the message is then over. */
export function shakeAbsorb(state: usize, data: usize, len: u32): u32 {
  if (failed()) return Status.SELF_TEST_FAILED;
  if (!isState(state) || load<u32>(state + SQUEEZING) != 0) return Status.BAD_ARGUMENT;
  shakeTakeIn(state, data, len);
  return Status.OK;
}

/** Writes the next `len` bytes of output; call it as often as wanted, then wipe the state. */
export function shakeSqueeze(state: usize, out: usize, len: u32): u32 {
  if (failed()) return Status.SELF_TEST_FAILED;
  if (!isState(state)) return Status.BAD_ARGUMENT;
  shakeGiveOut(state, out, len);
  return Status.OK;
}
