/**
 * Where everything that depends on a secret stands while a key is made, one room after the other, so that all of it is
 * wiped at once. The files name their own parts.
 */
import { wipe } from "../base/memory";

const SIZE: u32 = 7216;
const scratch = memory.data(7216, 16);

export const fieldRoom = scratch; //            640 bytes
export const encodeRoom = scratch + 640; //     144, rounded to 160
export const powerRoom = scratch + 800; //      544, and 96 unused
export const pointRoom = scratch + 1440; //     480
export const twinRoom = scratch + 1920; //      1760
export const combRoom = scratch + 3680; //      768
export const curveRoom = scratch + 4448; //     1024
export const ladderRoom = scratch + 5472; //    800
export const keyRoom = scratch + 6272; //       944

export function scratchWipe(): void {
  wipe(scratch, SIZE);
}
