import type { Factor } from '../src/risk/factors.js';

export function riskTable(factors: readonly Factor[]): string;
export function tableIn(document: string): string;
