/** Where the work on an RSA key stands. */
export namespace Phase {
  export const IDLE: u32 = 0;
  export const P: u32 = 1;
  export const Q: u32 = 2;
  /** The other parts are derived and the criteria of A.1.1 are checked. */
  export const DERIVE: u32 = 3;
  /** The key stands and awaits its pairwise consistency test. */
  export const PAIRWISE: u32 = 4;
  /** The key passed, and may be taken. */
  export const READY: u32 = 5;
}
