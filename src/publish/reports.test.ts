import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { draftOf, greyPng, stagePng } from '../../tests/support/staged-photo.js';
import { entryIn } from '../../tests/support/source-entry.js';
import { scoreRisk } from '../risk/index.js';
import type { LedgerDraft } from './contract.js';
import { Output, verifyOutput } from './index.js';

let out: string;
let photo: Uint8Array;
const entry = (name: string) => entryIn(join(tmpdir(), 'image-deid-elsewhere'), name);
beforeEach(async () => {
  out = mkdtempSync(join(tmpdir(), 'image-deid-reports-'));
  photo = await greyPng(120);
});
afterEach(() => {
  rmSync(out, { recursive: true });
});

const open = (options = {}) => Output.open(out, [entry('a')], 'settings', options);

describe('the reports', () => {
  const textOf = (name: string) => readFileSync(join(out, name), 'utf8');
  const picturesIn = (name: string) =>
    [...textOf(name).matchAll(/<img [^>]*src="([^"]+)"/g)].map(([, address = '']) =>
      readFileSync(join(out, name, '..', address)),
    );

  it('show everybody what was cleared, and only the owner what waits for a person', async () => {
    const output = await open();
    for (const [name, outcome, shade] of [
      ['a', 'cleared', 40],
      ['b', 'review', 200],
    ] as const) {
      await output.publish(entry(name), name, draftOf(outcome), await stagePng(output.staging, photo, shade));
    }
    await output.publish(entry('c'), 'c', draftOf('refused'));
    await output.finish(false);
    await output.close();
    const [cleared, ...more] = picturesIn('report.html');
    const [waiting, ...others] = picturesIn('review/report.html');
    expect([more, others]).toEqual([[], []]);
    const shade = async (jpeg: Buffer) => (await sharp(jpeg).raw().toBuffer())[0];
    expect([await shade(cleared!), await shade(waiting!)]).toEqual([40, 200]);
    expect(statSync(join(out, 'review/report.html')).mode & 0o777).toBe(0o600);
    expect(
      ['report.html', 'review/report.html'].map((name) => textOf(name).match(/<article/g)?.length),
    ).toEqual([1, 2]);
    for (const name of ['report.html', 'review/report.html']) {
      const policy = /"(default-src [^"]+)"/.exec(textOf(name))?.[1];
      expect(policy).toMatch(
        /^default-src 'none'; img-src 'self' file:; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'; form-action 'none'; base-uri 'none'$/,
      );
      expect(textOf(name)).not.toMatch(/https?:|src="(?!report-pictures|\.\.\/\.state)/);
    }
    const [picture, ...rest] = readdirSync(join(out, 'report-pictures'));
    expect(rest).toEqual([]);
    const { mtime, mode } = statSync(join(out, 'report-pictures', picture!));
    expect([mtime.toISOString(), mode & 0o777]).toEqual(['2000-01-01T00:00:00.000Z', 0o644]);
    expect((await verifyOutput(out)).problems).toEqual([]);
  });

  it('are a single one when nothing waits and nothing was refused', async () => {
    const first = await open();
    await first.publish(entry('a'), 'a', draftOf('refused'));
    await first.finish(false);
    await first.close();
    expect(existsSync(join(out, 'review/report.html'))).toBe(true);
    const second = await open({ retryRefused: true });
    await second.publish(entry('a'), 'a', draftOf('cleared'), await stagePng(second.staging, photo));
    await second.finish(false);
    await second.close();
    expect(existsSync(join(out, 'review/report.html'))).toBe(false);
    expect(picturesIn('report.html')).toHaveLength(1);
  });

  it('speak the language of the run', async () => {
    const output = await open();
    const reviewed: LedgerDraft = {
      ...draftOf('review'),
      reasons: [
        { id: 'gate/look-after', values: { kind: 'tattoo' } },
        { id: 'uncovered-face/seen', values: { faces: 1, places: ['top-left'] } },
        { id: 'not-examined/strip', values: { kind: 'face' } },
        { id: 'of-another-version', values: {} },
      ],
      keptBack: [
        {
          kind: 'text',
          shown: true,
          share: 0.5,
          reason: { id: 'plan/shown-in-keep', values: { kind: 'text' } },
        },
      ],
      risk: scoreRisk({
        metadata: [{ part: 'exif', group: 'place', identifying: true }],
        detections: [],
        redactions: [[]],
        keptBack: [],
        notExamined: [],
        openFeatures: [],
        openFaces: [],
        caption: [{ class: 'name', line: 2 }],
        context: [{ id: 'room', things: ['bed', 'sink'] }],
        checks: [],
      }),
    };
    await output.publish(entry('a'), 'a', reviewed, await stagePng(output.staging, photo));
    await output.publish(entry('b'), 'b', {
      ...draftOf('refused'),
      reasons: [{ id: 'error/truncated', values: {} }],
      error: { code: 'truncated', stage: 'decode' },
    });
    await output.finish(false, undefined, 'fr');
    await output.close();
    const told = textOf('review/report.html').replaceAll('&#39;', "'");
    expect(told).toContain('<html lang="fr">');
    for (const words of [
      'image-deid : à ne pas partager',
      '<dd>Un tatouage a été trouvé et masqué : regardez si tout a disparu',
      '<dd>Un visage est encore visible, en haut à gauche',
      '<dd>La photo est une bande trop étroite pour y chercher un visage',
      '<dd>Un point pour lequel cette version n’a pas de mots (of-another-version)',
      '<dt>Gardé<dd>Une partie d’un texte se trouve dans une zone gardée et reste visible',
      'Le fichier dit où la photo a été prise: 90',
      'La légende contient un nom (ligne 2)',
      '<dd>Le fichier n’est pas complet : une partie de la photo manque',
      '<dt>Erreur<dd>truncated (decode)',
    ]) {
      expect(told).toContain(words);
    }
    expect(told).not.toMatch(/The |photo is|Reason|Kept|Covered/);
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain('Rapport image-deid');
  });
});
