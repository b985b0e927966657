// The constants by which `assembly/lattice/dsa-round.ts` divides without dividing, against FIPS 204, Algorithm 36, for every w.
import { expect, test } from "vitest";

const Q = 8_380_417;

test.each([
  { gamma2: (Q - 1) / 32, factor: 1025, shift: 22, count: 16 },
  { gamma2: (Q - 1) / 88, factor: 11_275, shift: 24, count: 44 },
])("gamma2 = $gamma2", ({ gamma2, factor, shift, count }) => {
  const wide = 2 * gamma2;
  let wrong = 0;
  let largest = 0;
  for (let w = 0; w < Q; w++) {
    const product = ((w + 127) >> 7) * factor + (1 << (shift - 1));
    largest = Math.max(largest, product);
    const quotient = product >> shift;
    const rest = w % wide;
    const low = rest > gamma2 ? rest - wide : rest; // w mod+- 2 gamma2
    const high = w - low === Q - 1 ? 0 : (w - low) / wide;
    if ((quotient === count ? 0 : quotient) !== high) wrong++;
  }
  expect(wrong).toBe(0);
  expect(largest).toBeLessThan(2 ** 31); // a lane of 32 bits holds it
});
