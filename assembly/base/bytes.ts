/** Big-endian loads and stores at any address. */

export function load32be(at: usize): u32 {
  return bswap(load<u32>(at));
}

export function store32be(at: usize, value: u32): void {
  store<u32>(at, bswap(value));
}

export function load64be(at: usize): u64 {
  return bswap(load<u64>(at));
}

export function store64be(at: usize, value: u64): void {
  store<u64>(at, bswap(value));
}
