import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CHECKS } from './declarations.js';
import { allChecks } from './index.js';

describe('allChecks', () => {
  it('are the folders on disk, each once', () => {
    const folders = readdirSync(new URL('checks', import.meta.url));
    const unused = () => Promise.reject(new Error('No finder is opened before a check runs'));
    const checks = allChecks({ openFaceFinder: unused, openTattooFinder: unused });
    expect(checks.map(({ id }) => id).sort()).toEqual(folders.sort());
    expect([...CHECKS.keys()].sort()).toEqual(folders);
  });
});
