/** A Keygen whose core can be looked into: the memory is taken where the instance is made. */
import { type Keygen, openKeygen } from "#keywright";
import { loadCore } from "#keywright/load";

interface Watched {
  readonly keygen: Keygen;
  /** The memory as it is now. */
  readonly memory: () => Uint8Array;
  /** The memory of an instance that was never used. */
  readonly pristine: Uint8Array;
  /** Where the generator's state begins. */
  readonly state: number;
}

type Open = (options: { readonly policy: "nist"; readonly environment: "test" }) => Promise<Keygen>;

export async function openWatched(open: Open = openKeygen): Promise<Watched> {
  const { module } = await loadCore();
  const image = (instance: WebAssembly.Instance) =>
    new Uint8Array((instance.exports.memory as WebAssembly.Memory).buffer);
  const { Instance } = WebAssembly;
  let made: WebAssembly.Instance | undefined;
  WebAssembly.Instance = class extends Instance {
    constructor(...args: ConstructorParameters<typeof Instance>) {
      super(...args);
      made = this;
    }
  };
  try {
    const keygen = await open({ policy: "nist", environment: "test" });
    const instance = made;
    if (instance === undefined) throw new Error("no instance was made");
    const pristine = image(new Instance(module));
    const state = image(instance).findIndex((byte, at) => byte !== pristine[at]);
    return { keygen, memory: () => image(instance), pristine, state };
  } finally {
    WebAssembly.Instance = Instance;
  }
}
