/**
 * Where everything that depends on a secret stands while a key is made, one room after the other, so that all of it is
 * wiped at once. The files name their own parts.
 */
import { wipe } from "../base/memory";

const SIZE: u32 = 7056;
const scratch = memory.data(7056, 16);

export const fieldRoom = scratch; //            640 bytes
export const encodeRoom = scratch + 640; //     144, rounded to 160
export const powerRoom = scratch + 800; //      544, and 96 unused
export const pointRoom = scratch + 1440; //     480
export const twinRoom = scratch + 1920; //      1760
export const combRoom = scratch + 3680; //      768
export const curveRoom = scratch + 4448; //     864
export const ladderRoom = scratch + 5312; //    800
export const keyRoom = scratch + 6112; //       944

export function scratchWipe(): void {
  wipe(scratch, SIZE);
}
