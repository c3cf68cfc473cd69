(globalThis as any).effects = ((globalThis as any).effects || []).concat('side'); export class Unused { }
