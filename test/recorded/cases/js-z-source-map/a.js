export default function () { console.log('missing'); }
//# sourceMappingURL=gone.map
