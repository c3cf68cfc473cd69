export default function (): void { console.log('typescript'); }
//# sourceMappingURL=gone.map
