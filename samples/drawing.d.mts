import type { Sharp } from 'sharp';

export function label(box: readonly [number, number, number, number], lines: readonly string[]): string;
export function lesion(x: number, y: number, radius: number): string;
export function tattoo(x: number, y: number, size: number): string;
export function skin(width: number, height: number, seed: number, elements?: string): Promise<Sharp>;
