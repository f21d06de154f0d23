import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { cli, ROOT } from './support/cli.js';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const versioned = z.object({ version: z.string() });
const { version } = versioned.parse(JSON.parse(read('package.json')));

describe('the version of package.json', () => {
  it('is the lock file’s', () => {
    const lock = versioned.extend({ packages: z.record(z.string(), z.unknown()) });
    const { version: locked, packages } = lock.parse(JSON.parse(read('package-lock.json')));
    expect([locked, versioned.parse(packages['']).version]).toEqual([version, version]);
  });

  it('is the latest one in the changelog, with a date, below what is not released', () => {
    const [unreleased, last] = [...read('CHANGELOG.md').matchAll(/^## (.+)$/gm)].map(([, title]) => title);
    expect(unreleased).toBe('Unreleased');
    expect(last).toMatch(/^\d+\.\d+\.\d+ \(\d{4}-\d\d-\d\d\)$/);
    expect(last?.split(' ')[0]).toBe(version);
  });

  it('is in the names of the README', () => {
    const named = [...read('README.md').matchAll(/image-deid-([\d.]+)\.tgz/g)].map(([, name]) => name);
    expect(new Set(named)).toEqual(new Set([version]));
  });

  it('is what the command prints', async () => {
    const { code, stdout } = await cli(['--version']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${version}\n` });
  });
});
