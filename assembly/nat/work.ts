/**
 * How much arithmetic was done, counted in multiplications of two limbs (about 1.2 clock cycles each in the
 * exponentiation). A long search stops after a fixed amount of it, never by the clock. What is counted is public:
 * lengths, and how many candidates were rejected where.
 */
let done: u32 = 0;

export function charge(work: u32): void {
  done += work;
}

export function workDone(): u32 {
  return done;
}

export function workReset(): void {
  done = 0;
}
