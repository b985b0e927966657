/** Our own limit on each input and on the output of one call, far below those of the standards. */
export const MAX_LENGTH: u32 = 1 << 16;
