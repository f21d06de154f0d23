export interface Seen {
  readonly lookups: readonly string[];
  readonly connections: readonly string[];
  readonly written: readonly string[];
}
export function traced(log: string): string[];
export function readTrace(log: string): Seen;
