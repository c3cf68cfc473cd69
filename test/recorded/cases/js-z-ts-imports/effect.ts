(globalThis as any).effects = ((globalThis as any).effects || []).concat('effect'); export { };
