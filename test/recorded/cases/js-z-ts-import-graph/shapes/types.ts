import type { Color } from './color.ts'; export interface Shape { color: Color; area(): number; describe(): string }
