/** The libraries, which need not be installed to check the benchmarks' types: only what these call. */
declare module "node-forge" {
  const forge: {
    options: { usePureJavaScript: boolean };
    pki: { rsa: { generateKeyPair(options: { bits: number; e: number }): { privateKey: { n: object } } } };
  };
  export = forge;
}

declare module "micro-rsa-dsa-dh/rsa.js" {
  export function keygen(nlen: number, e?: bigint): { privateKey: { n: bigint } };
}
