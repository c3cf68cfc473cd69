import { b } from "../other/b.js";
export const a = b + 1;
