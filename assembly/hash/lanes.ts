/**
 * In and out of lanes: vector i of a value in lanes holds word i of each message, so a lane is every fourth word of 32
 * bits, or every second of 64. Words are in native order on both sides (see `toWords`). Leaks the lane and the length.
 */

/** Puts `words` words at `from` into one of four lanes. */
export function putLane32(to: usize, lane: u32, from: usize, words: u32): void {
  to += lane << 2;
  for (const end = from + (words << 2); from < end; from += 4, to += 16) store<u32>(to, load<u32>(from));
}

/** Takes `words` words of one of four lanes to `to`. */
export function takeLane32(to: usize, from: usize, lane: u32, words: u32): void {
  from += lane << 2;
  for (const end = to + (words << 2); to < end; from += 16, to += 4) store<u32>(to, load<u32>(from));
}

/** Puts `words` words at `from` into one of two lanes. */
export function putLane64(to: usize, lane: u32, from: usize, words: u32): void {
  to += lane << 3;
  for (const end = from + (words << 3); from < end; from += 8, to += 16) store<u64>(to, load<u64>(from));
}

/** Takes `words` words of one of two lanes to `to`. */
export function takeLane64(to: usize, from: usize, lane: u32, words: u32): void {
  from += lane << 3;
  for (const end = to + (words << 3); to < end; from += 16, to += 8) store<u64>(to, load<u64>(from));
}
