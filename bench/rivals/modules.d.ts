/** The untyped package `hmac-drbg`: only what the benchmark calls. */
declare module "hmac-drbg" {
  class HmacDRBG {
    constructor(options: {
      /** A hash of the package `hash.js`. */
      hash: object;
      entropy: readonly number[];
      nonce: readonly number[];
      pers: readonly number[];
    });
    generate(length: number): number[];
  }
  export = HmacDRBG;
}
