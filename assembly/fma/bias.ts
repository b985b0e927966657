/**
 * What the columns start from, so that the biases of the products (see `columns.ts`) cancel, and each column below the
 * reduction is lifted: + HALF for signed digits, + LIFT for unsigned shifts, - LIFT_CARRY for the carry that a lifted
 * column sends to the next. Columns above are not lifted; only the first of them gets such a carry.
 */
import { HALF, HIGH_BITS, LIFT, LIFT_CARRY, LOW_BITS } from "./constants";

/** table = what 2n columns start from, for a square or a product of n digits. Public. */
export function setBias(table: usize, n: u32, isSquare: bool): void {
  memory.fill(table, 0, n << 5);
  if (isSquare) addSquareRuns(table, n);
  else for (let i: u32 = 0; i < n; i += 4) addRun(table, i, n + rowsAt(i, n) - 1);
  addReductionRuns(table, n);
  for (let i: u32 = 0; i < n; i++) {
    add(table, i, HALF + LIFT);
    add(table, i + 1, 0 - LIFT_CARRY);
  }
}

/** Rows come in fours, but for the last two of 4k + 2. */
function rowsAt(i: u32, n: u32): u32 {
  return n - i >= 4 ? 4 : 2;
}

/** In a square the two rows come first; i rows are done, and n - i digits with the diagonal at column 2i are left. */
function addSquareRuns(table: usize, n: u32): void {
  let i: u32 = 0;
  if ((n & 2) != 0) {
    addRun(table, 0, n + 1);
    i = 2;
  }
  for (; i < n; i += 4) addRun(table, 2 * i, n - i + 3);
}

/** Three columns of single products before the full ones, and none of digit 0 of the modulus plus one, which is zero. */
function addReductionRuns(table: usize, n: u32): void {
  for (let i: u32 = 0; i < n; i += 4) {
    const rows = rowsAt(i, n);
    for (let k: u32 = 1; k < rows; k++) addRun(table, i + k, rows - k);
    addRun(table, i + rows, n - 1);
  }
}

/** Takes away the biases of `count` columns with one chain each. */
function addRun(table: usize, first: u32, count: u32): void {
  for (let i = first; i < first + count; i++) {
    add(table, i, 0 - LOW_BITS);
    add(table, i + 1, 0 - HIGH_BITS);
  }
}

function add(table: usize, column: u32, amount: u64): void {
  const at = table + (column << 4);
  const sum = load<u64>(at) + amount;
  store<u64>(at, sum);
  store<u64>(at, sum, 8);
}
