import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { draftOf, greyPng, stagePng } from '../../tests/support/staged-photo.js';
import { Output, verifyOutput } from './index.js';

let out: string;
let photo: Uint8Array;
const entry = (name: string) => ({
  path: Buffer.from(join(tmpdir(), 'image-deid-elsewhere', name)),
  root: Buffer.from(join(tmpdir(), 'image-deid-elsewhere')),
  display: name,
  named: false,
});
beforeEach(async () => {
  out = mkdtempSync(join(tmpdir(), 'image-deid-reports-'));
  photo = await greyPng(120);
});
afterEach(() => {
  rmSync(out, { recursive: true });
});

const open = (options = {}) => Output.open(out, [entry('a')], 'settings', options);

describe('the reports', () => {
  const picturesIn = (name: string) =>
    [...readFileSync(join(out, name), 'utf8').matchAll(/data:image\/jpeg;base64,([^"]+)/g)].map(
      ([, base64]) => Buffer.from(base64!, 'base64'),
    );

  it('show what was cleared to everybody, and what waits for a person to its owner alone', async () => {
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
    const shared = readFileSync(join(out, 'report.html'), 'utf8');
    expect(shared.match(/<article>/g)).toHaveLength(1);
    expect(readFileSync(join(out, 'review/report.html'), 'utf8').match(/<article>/g)).toHaveLength(2);
    for (const name of ['report.html', 'review/report.html']) {
      expect(readFileSync(join(out, name), 'utf8')).not.toMatch(/<script|https?:|file:/);
    }
    expect((await verifyOutput(out)).problems).toEqual([]);
  });

  it('are one where nothing waits and nothing was refused', async () => {
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
});
