export default function (): void {
  const x: = 1;
}
