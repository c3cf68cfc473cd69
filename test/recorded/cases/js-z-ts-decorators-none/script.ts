const re = /[@/](\w+)<(\d)>/; const s = '@decorator <T>';
class P { #a: number = 1; #m(): number { return this.#a; } static #s: string = 'st'; get v() { return #a in this ? this.#m() : 0; } static get sv() { return P.#s; } }
export default function () { console.log(re.exec('@abc<1>')![1], s, new P().v, P.sv, `a${`b${1 as number}`}c`, /a/g.flags, 4 / 2 / 1, ((x: number) => x / 2)(4) / 1); let i = 4; console.log(i++ / 2, i!/ 5, (i)! / 5); const g = 1; console.log(10 /g/ 2); }
