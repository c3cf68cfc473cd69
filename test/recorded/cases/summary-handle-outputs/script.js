export default function () {}
export function handleSummary() { return { stdout: "out\n", stderr: "", "a.txt": "text", "b.bin": new Uint8Array([104, 105]).buffer, "nodir/c.txt": "x" }; }
