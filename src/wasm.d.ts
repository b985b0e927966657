/** A `.wasm` file imported as a module: what Workers do natively. */
declare module "*.wasm" {
  const module: WebAssembly.Module;
  // biome-ignore lint/style/noDefaultExport: the shape that the platform gives
  export default module;
}
