export const options = { get iterations() { return 2; }, ['v' + 'us']: 1, extra: undefined }; export default function () { console.log('getter'); }
