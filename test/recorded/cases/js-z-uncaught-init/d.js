await Promise.reject(new Error('awaited')); export default function () { }
