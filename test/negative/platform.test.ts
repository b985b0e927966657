/** Platforms that lack something or lie: each is refused with the reason and the way on, and nothing is made. */
import { afterEach, describe, expect, test, vi } from "vitest";
import { encodeRaw, openKeygen } from "#keywright";
import { loadCore } from "../../src/core/load-embedded.ts";
import type { EntropySource } from "../../src/entropy/source.ts";
import { webCryptoSource } from "../../src/entropy/web-crypto.ts";
import { openKeygenWith } from "../../src/keygen.ts";

const options = { policy: "nist", environment: "test" } as const;
afterEach(() => vi.unstubAllGlobals());

describe("randomness", () => {
  test("without crypto there is no key and no fallback", async () => {
    await loadCore(); // compiled before, so that only the randomness is missing
    const random = vi.spyOn(Math, "random");
    vi.stubGlobal("crypto", undefined);
    await expect(openKeygen(options)).rejects.toMatchObject({ code: "entropy-unavailable" });
    expect(random).not.toHaveBeenCalled();
  });

  test("a platform that refuses, as Workers do in global scope, is told where to open", async () => {
    const getRandomValues = () => {
      throw new Error("Disallowed operation called within global scope");
    };
    vi.stubGlobal("crypto", { getRandomValues });
    await expect(openKeygen(options)).rejects.toThrow(/inside the handler/);
  });

  test("a stub that leaves zeros is caught at start-up", async () => {
    vi.stubGlobal("crypto", { getRandomValues: (array: Uint8Array) => array });
    await expect(openKeygen(options)).rejects.toMatchObject({ code: "entropy-failed" });
  });

  test("reads above 65,536 bytes are split", () => {
    const lengths: number[] = [];
    vi.stubGlobal("crypto", { getRandomValues: (array: Uint8Array) => lengths.push(array.length) });
    expect(webCryptoSource.read(150_000)).toHaveLength(150_000);
    expect(lengths).toEqual([65_536, 65_536, 18_928]);
  });

  test("a source that breaks later closes the instance for good", async () => {
    let broken = false;
    const source: EntropySource = {
      ...webCryptoSource,
      read: (length) => (broken ? new Uint8Array(length) : webCryptoSource.read(length)),
    };
    const keygen = await openKeygenWith({ load: loadCore, source }, options);
    await keygen.generate("AES-256");
    broken = true;
    await expect(keygen.generate("AES-256")).rejects.toMatchObject({ code: "entropy-failed" });
    broken = false;
    expect(keygen.closed).toBe(true);
    await expect(keygen.generate("AES-256")).rejects.toMatchObject({ code: "entropy-failed" });
  });
});

describe("entropy as the design states it", () => {
  const reads = async (
    work: (keygen: Awaited<ReturnType<typeof openKeygen>>) => Promise<unknown>,
  ): Promise<number[]> => {
    const lengths: number[] = [];
    const source: EntropySource = {
      ...webCryptoSource,
      read(length) {
        lengths.push(length);
        return webCryptoSource.read(length);
      },
    };
    using keygen = await openKeygenWith({ load: loadCore, source }, options);
    await work(keygen);
    return lengths;
  };

  test("1024 start-up bytes, 48 bytes of entropy input, 32 fresh ones for each key", async () => {
    const two = async (keygen: Awaited<ReturnType<typeof openKeygen>>) => {
      await keygen.generate("AES-128");
      await keygen.generate("AES-128");
    };
    expect(await reads(two)).toEqual([1024, 48, 32, 32]);
  });

  test("each resumption of a search brings 32 more, until a prime stands", async () => {
    let steps = 0;
    const onProgress = ({ phase }: { phase: string }) => {
      if (phase === "p") steps++;
    };
    const lengths = await reads((keygen) => keygen.generate("RSA-3072", { onProgress }));
    expect(steps).toBeGreaterThan(0);
    expect(lengths).toEqual([1024, 48, ...Array<number>(1 + steps).fill(32)]);
  });

  test("reseed() brings 48 bytes before the next key", async () => {
    const lengths = await reads(async (keygen) => {
      keygen.reseed();
      const { record } = await keygen.generate("AES-128");
      expect(record.predicate.rng.reseedCounter).toBe(4); // three requests since: key, salt, key id
    });
    expect(lengths).toEqual([1024, 48, 48, 32]);
  });

  test("a page that comes back from the back-forward cache reseeds, and a closed keygen forgets the page", async () => {
    const listeners = new Set<(event: { persisted: boolean }) => void>();
    vi.stubGlobal("document", {});
    vi.stubGlobal("addEventListener", (_: string, listener: (event: { persisted: boolean }) => void) =>
      listeners.add(listener),
    );
    vi.stubGlobal("removeEventListener", (_: string, listener: (event: { persisted: boolean }) => void) =>
      listeners.delete(listener),
    );
    const lengths = await reads(async (keygen) => {
      for (const listener of listeners) listener({ persisted: false });
      await keygen.generate("AES-128");
      for (const listener of listeners) listener({ persisted: true });
      await keygen.generate("AES-128");
    });
    expect(lengths).toEqual([1024, 48, 32, 48, 32]);
    expect(listeners.size).toBe(0);
  });

  test("two owners with the same entropy get different keys: the personalization string binds them", async () => {
    const script = new Uint8Array(48).fill(5);
    const { deterministicKeygen } = await import("#keywright/testing");
    const key = async (tenant: string, scope: "tenant" | "system") => {
      using keygen = await deterministicKeygen({ policy: "nist", entropy: script, tenant, scope });
      return encodeRaw((await keygen.generate("AES-256")).secretKey).join();
    };
    const keys = [
      await key("a", "tenant"),
      await key("b", "tenant"),
      await key("a", "system"),
      await key("a", "tenant"),
    ];
    expect(new Set(keys).size).toBe(3);
    expect(keys[3]).toBe(keys[0]);
  });
});

describe("WebAssembly", () => {
  test("a runtime without it is told", async () => {
    vi.stubGlobal("WebAssembly", undefined);
    await expect(openKeygen(options)).rejects.toMatchObject({ code: "wasm-unavailable" });
  });

  test("a page whose policy blocks compiling is told the line to add", async () => {
    const { loadCore: fresh } = await import("../../src/core/load-embedded.ts?blocked" as string);
    vi.spyOn(WebAssembly, "compile").mockRejectedValueOnce(new Error("blocked by Content Security Policy"));
    await expect(openKeygenWith({ load: fresh }, options)).rejects.toThrow(/'wasm-unsafe-eval'/);
    await openKeygenWith({ load: fresh }, options); // a failed loading is not kept
  });

  test("a module of another version is refused", async () => {
    const module = new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
    await expect(openKeygen({ ...options, core: { module, build: "simd" } })).rejects.toMatchObject({
      code: "core-mismatch",
    });
  });
});
