export default function () { console.log('broken'); }
//# sourceMappingURL=bad.map
