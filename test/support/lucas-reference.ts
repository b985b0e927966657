/** The (general) Lucas test of FIPS 186-5, B.3.3, step by step over BigInt: by U_k and V_k themselves, not as the core has it. */

/** The symbol (a/n), n odd: B.5. */
export function jacobi(a: bigint, n: bigint): number {
  let [x, y, sign] = [((a % n) + n) % n, n, 1];
  while (x !== 0n) {
    while (x % 2n === 0n) {
      x /= 2n;
      if (y % 8n === 3n || y % 8n === 5n) sign = -sign;
    }
    if (x % 4n === 3n && y % 4n === 3n) sign = -sign;
    [x, y] = [y % x, x];
  }
  return y === 1n ? sign : 0;
}

/** Whether a number is a square: B.4, by Newton's method. */
export function isSquare(c: bigint): boolean {
  let x = 1n << BigInt((c.toString(2).length + 1) >> 1);
  for (let next = (x + c / x) / 2n; next < x; next = (x + c / x) / 2n) x = next;
  return x * x === c;
}

/** Step 2: the D, or undefined if C is COMPOSITE by then. */
export function chooseD(c: bigint): bigint | undefined {
  for (let d = 5n; ; d = d > 0n ? -d - 2n : -d + 2n) {
    const symbol = jacobi(d, c);
    if (symbol === 0) return undefined;
    if (symbol === -1) return d;
  }
}

/** Whether the test says PROBABLY PRIME of an odd number. */
export function passesLucas(c: bigint): boolean {
  if (isSquare(c)) return false; // step 1
  const d = chooseD(c);
  if (d === undefined) return false;
  const mod = (a: bigint) => ((a % c) + c) % c;
  const halve = (a: bigint) => mod(a % 2n === 0n ? a / 2n : (a + c) / 2n);
  const k = c + 1n; //                        step 3
  const bits = k.toString(2);
  let [u, v] = [1n, 1n]; //                   step 5
  for (const bit of bits.slice(1)) {
    const uTemp = mod(u * v); //              step 6.1
    const vTemp = halve(v * v + d * u * u); // step 6.2
    [u, v] = bit === "1" ? [halve(uTemp + vTemp), halve(vTemp + d * uTemp)] : [uTemp, vTemp]; // step 6.3
  }
  return u === 0n; //                         step 7
}
