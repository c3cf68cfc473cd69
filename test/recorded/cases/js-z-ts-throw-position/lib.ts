export type Z =
  | 1
  | 2;

export function boom(z: Z): never {

  throw new Error('boom');
}
