/** The whole ABI on one page: integers and offsets cross here, nothing else. The module imports nothing. */
export { abiVersion, arenaPtr, arenaSize } from "./abi";
