/** The kernels of two lanes, which hold two numbers: the secret of a class is in the first, the second stays. */
import type { InnerCore } from "../core.ts";
import {
  BITS,
  BYTES,
  belowModulus,
  EXPONENT_BITS,
  EXPONENT_BYTES,
  EXPONENT_LIMBS,
  fresh,
  number,
  oddModulus,
  picker,
  pools,
  power,
  type SecretClass,
  type Target,
} from "./targets.ts";

const [NUMBER, RESULT] = [5, 6];

/** As the core numbers them (assembly/lanes/choice.ts). */
const kernels = [
  { by: 1, name: "fused" },
  { by: 2, name: "exact" },
] as const;

/** None of a kernel that computes something else than the powers: such an engine does without it. */
export function laneTargets(inner: InnerCore): Target[] {
  return kernels.flatMap((kernel) => targetsOf(inner, kernel));
}

function targetsOf({ core, call, operand }: InnerCore, { by, name }: (typeof kernels)[number]): Target[] {
  const memory = new Uint8Array(core.memory.buffer);
  const put = (bytes: Uint8Array) => {
    memory.set(bytes, operand(NUMBER));
    return operand(NUMBER);
  };
  const common = { modulus: oddModulus(), base: belowModulus(), exponent: fresh(EXPONENT_BYTES) };
  const setModuli = (first: Uint8Array) => {
    call("lanesShape", BITS, by);
    call("setLane", 0, put(first));
    call("setLane", 1, put(common.modulus));
  };
  const begin = (secret: Uint8Array) => {
    setModuli(common.modulus);
    for (const [lane, exponent] of [secret, common.exponent].entries()) {
      call("setBase", lane, put(common.base));
      call("setExponent", lane, put(exponent), EXPONENT_LIMBS);
    }
    call("setForms");
    call("powerBegin", EXPONENT_BITS, 1);
  };

  begin(common.exponent);
  call("powerAll");
  call("powerResult", operand(RESULT), 0);
  const got = number(memory.subarray(operand(RESULT), operand(RESULT) + BYTES));
  if (got !== power(number(common.base), number(common.exponent), number(common.modulus))) return [];

  const exponent = picker(pools(new Uint8Array(EXPONENT_BYTES), () => fresh(EXPONENT_BYTES)));
  const modulus = picker(pools(common.modulus, oddModulus));
  return [
    {
      name: `${name} exponentiation modulo 1024 bits: exponent 0 or random`,
      expect: "unknown",
      share: 4,
      prepare: (which: SecretClass) => begin(exponent(which)),
      run: () => void call("powerAll"),
    },
    {
      name: `${name} power of two modulo 1024 bits: one modulus or random ones`,
      expect: "unknown",
      share: 4,
      prepare: (which: SecretClass) => {
        setModuli(modulus(which));
      },
      run: () => {
        call("powerOfTwoBegin");
        call("powerOfTwoAll");
      },
    },
  ];
}
