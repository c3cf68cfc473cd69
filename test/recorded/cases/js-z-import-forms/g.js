export default async () => { await null; console.log('async arrow'); };
