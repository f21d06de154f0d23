import type { Plugin } from 'vite';
export function packagesOf(moduleIds: Iterable<string>): string[];
export function bundledLicences(): Plugin;
