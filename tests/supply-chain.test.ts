import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { licenceOf, licenceProblems } from '../scripts/licences.ts';
import { ROOT, runNode } from './support/cli.js';

const read = (path: string): unknown => JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
const component = (name: string, id?: string) => ({ name, ...(id && { licenses: [{ license: { id } }] }) });
const expression = (name: string, words: string) => ({ name, licenses: [{ expression: words }] });

describe('what may be shipped', () => {
  it.each([
    component('a', 'GPL-2.0-only'),
    component('a', 'AGPL-3.0-or-later'),
    expression('a', 'MIT AND GPL-3.0'),
    component('a', 'SSPL-1.0'),
    component('a', 'SEE LICENSE IN terms.txt'),
    component('a', 'LGPL-3.0-or-later'),
    component('a'),
  ])('is not %j', (refused) => {
    expect(licenceProblems([component('b', 'MIT'), refused])).toEqual([
      `a: ${licenceOf(refused) || 'no licence'}`,
    ]);
  });

  it.each([
    component('a', 'ISC'),
    expression('a', 'GPL-2.0-only OR MIT'),
    component('libheif-js', 'LGPL-3.0'),
    component('@img/sharp-libvips-linux-x64', 'LGPL-3.0-or-later'),
  ])('is %j', (allowed) => {
    expect(licenceProblems([allowed])).toEqual([]);
  });
});

describe('the list of what is shipped', () => {
  const hash = z.object({ alg: z.string(), content: z.string() });
  const part = z.object({ name: z.string(), hashes: z.array(hash).optional() });
  const { components, ...all } = z
    .looseObject({
      bomFormat: z.literal('CycloneDX'),
      metadata: z.looseObject({ component: z.looseObject({ name: z.string(), version: z.string() }) }),
      components: z.array(
        part.extend({ version: z.string().optional(), components: z.array(part).optional() }),
      ),
    })
    .parse(read('dist/sbom.cdx.json'));

  it('has every package of production, with its hash', () => {
    const entry = z.object({
      version: z.string(),
      integrity: z.string().optional(),
      dev: z.boolean().optional(),
    });
    const { packages } = z.object({ packages: z.record(z.string(), entry) }).parse(read('package-lock.json'));
    const listed = components.map(
      ({ name, version, hashes }) => `${name}@${version ?? ''} ${hashes?.[0]?.content ?? ''}`,
    );
    for (const [path, { version, integrity, dev }] of Object.entries(packages)) {
      if (path === '' || dev) continue;
      const sha512 = Buffer.from(integrity?.replace('sha512-', '') ?? '', 'base64').toString('hex');
      expect(listed).toContain(`${path.split('node_modules/').at(-1) ?? ''}@${version} ${sha512}`);
    }
  });

  it('has every file of every model, with its hash, and what lies inside the bundles', () => {
    const file = z.object({ path: z.string(), sha256: z.string() });
    const { models } = z
      .object({ models: z.array(z.object({ id: z.string(), files: z.array(file) })) })
      .parse(read('models/manifest.json'));
    for (const { id, files } of models) {
      expect(components.find((one) => one.name === id && one.components)?.components).toEqual(
        files.map(({ path, sha256 }) => ({ name: path, hashes: [{ alg: 'SHA-256', content: sha256 }] })),
      );
    }
    const names = components.map(({ name }) => name);
    expect(names).toContain('preact');
    expect(names.filter((name) => /^vitest$|^@tensorflow\/|^tfjs/.test(name))).toEqual([]);
  });

  it('names this package, and neither a registry nor a folder of the machine that made it', () => {
    expect(all.metadata.component).toMatchObject(
      z.object({ name: z.string(), version: z.string() }).parse(read('package.json')),
    );
    const text = readFileSync(join(ROOT, 'dist/sbom.cdx.json'), 'utf8');
    expect(text).not.toContain('registry');
    expect(text).not.toContain(ROOT);
  });
});

describe('the engine', () => {
  it.each(['0', '', undefined])('is told to send nothing, where it was told %j', async (value) => {
    const env = { ...process.env };
    if (value === undefined) delete env['ORT_DISABLE_TELEMETRY'];
    else env['ORT_DISABLE_TELEMETRY'] = value;
    const script = join(ROOT, 'tests/support/native-environment.mjs');
    // Node's process.env is not enough: the engine asks the system's getenv.
    expect(await runNode(script, [], { env })).toMatchObject({ code: 0, stdout: '1', stderr: '' });
  });
});
