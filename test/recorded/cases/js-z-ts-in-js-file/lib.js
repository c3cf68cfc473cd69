export function thing<T>(a: T): T { return a!; }
enum E { a = 1 }
