import { describe, expect, it } from 'vitest';
import { mentionsIn } from '../caption/index.js';
import { DEFAULT_SETTINGS, settingsHash } from '../pipeline/index.js';
import { settingsOf } from './settings-of.js';

const file = { bytes: Buffer.alloc(1), sha256: '' };
const box = (x: number) => ({ x, y: 0, width: 1, height: 1 });

describe('settingsOf', () => {
  it('adds what the files beside a photo say to the settings of the run', () => {
    const general = { ...DEFAULT_SETTINGS, keep: [box(1)], caption: mentionsIn('Seen on 14 March 2024') };
    const { keep, caption } = settingsOf({ ...file, keep: [box(2)], caption: 'Call 0123 456 789' }, general);
    expect(keep).toEqual([box(1), box(2)]);
    expect(caption?.map((finding) => finding.class)).toEqual(['date', 'contact']);
  });

  it('keeps nothing of a caption that would tell how long a name in it is', () => {
    const hashOf = (caption: string) => settingsHash(settingsOf({ ...file, caption }, DEFAULT_SETTINGS));
    expect(hashOf('Mrs Li, seen on 14 March')).toBe(hashOf('Mrs Constantinopoulos, seen on 2 May'));
  });

  it('leaves the run’s settings where there is no file beside a photo', () => {
    expect(settingsOf(file, DEFAULT_SETTINGS)).toEqual(DEFAULT_SETTINGS);
  });
});
