export default function () { console.log('good'); }
//# sourceMappingURL=ok.map
