Object.defineProperty(exports, 'g', { enumerable: true, get() { return 'got'; } });
