interface X {
  y: string;
}
export function boom<T>(x: T): never {
  throw new Error(`boom ${JSON.stringify(x)}`);
}
