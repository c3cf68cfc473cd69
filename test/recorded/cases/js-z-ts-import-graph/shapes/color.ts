export enum Color { Red, Blue = 4 } export const unused: unique symbol = Symbol('u') as any;
