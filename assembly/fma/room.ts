/** Where products stand as columns, and what those of a square start from, which is known by its distance from there. */
const room = memory.data(8704, 16);

/** The 2n columns of n digits at most, n being 188. */
export const columns = room;
/** From a column to what it starts from in a square: behind 188 * 32 bytes. */
export const START: usize = 6016;
/** 2n vectors for n up to 84. */
export const squareStart = room + START;
