/** What is to be said under every verdict of the leak harness. */
export const leakNotes: readonly string[] = [
  "what this cannot see: a difference below the smallest named; one that moves few samples, or that the other secrets of the",
  "random class cancel out; addresses, caches, power and ports watched by somebody else on the machine; other processors and",
  "engines. That nothing was seen does not prove that nothing is there.",
];
