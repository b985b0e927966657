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

declare module "hash-wasm" {
  export interface IHasher {
    init(): IHasher;
    update(data: Uint8Array): IHasher;
    digest(type: "binary"): Uint8Array;
  }
  export function createSHA256(): Promise<IHasher>;
  export function createSHA512(): Promise<IHasher>;
  export function createSHA3(bits: 256 | 512): Promise<IHasher>;
  export function createHMAC(hasher: Promise<IHasher>, key: Uint8Array): Promise<IHasher>;
}
