import { boom } from './lib.ts';
interface Long {
  a: number;
  b: string;
}
enum Kind {
  A = 1,
  B,
}
type T = {
  x: Long
};
export default function (): void {
  const where = (f: () => void): string => { try { f(); return 'none'; } catch (e) { const m = /(\w+\.ts):(\d+)/.exec((e as Error).stack!); return m ? `${m[1]}:${m[2]}` : String((e as Error).stack); } };
  console.log(where(() => { throw new Error('x'); }));
  console.log(where(() => boom(1)));
  console.log(where(
    () => {
      const v: any = null;
      v!.x as number;
    }));
  class A { constructor(private x: number) { if (x) throw new Error('ctor'); } }
  console.log(where(() => { new A(1); }));
}
