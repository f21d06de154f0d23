import { describe, expect, it } from 'vitest';
import { settingsFrom } from '../cli/options.js';
import { recordedSettings, recordedSettingsSchema } from '../settings/recorded-settings.js';
import { parseSettings } from '../settings/parse-settings.js';
import { canonicalSettings, DEFAULT_SETTINGS, settingsHash } from './settings.js';

const ALL = {
  destination: 'clinical',
  maxRisk: 0.2,
  style: 'solid',
  extent: 'wide',
  keep: [
    { x: 1, y: 2, width: 3, height: 4 },
    { x: 5, y: 6, width: 7, height: 8 },
  ],
  cropToKeep: true,
  allowFaceInKeep: true,
  allowText: ['left|right'],
  keepRuler: true,
  attestNone: ['face', 'text'],
  outputFormat: 'png',
} as const;
const AS_OPTIONS = {
  destination: 'clinical',
  'max-risk': 0.2,
  style: 'solid',
  extent: 'wide',
  keep: ['1,2,3,4', '5,6,7,8'],
  'crop-to-keep': true,
  'allow-face-in-keep': true,
  'allow-text': ['left|right'],
  'keep-ruler': true,
  attest: ['no-text', 'no-face'],
  format: 'png',
};

describe('settingsHash', () => {
  // As version 0.1.0 gave them; a folder goes on only under the hash that it has.
  it.each([
    [{}, '812a86899e126e995af9583b9970616ad2e5939bb2a7f41202595454cdd38a3e'],
    [ALL, '3a8397e17df3908abeb1b00d6d08922bac0258ff5e6c92400baae5ef2f0dffd8'],
    [
      { extent: 'usual', destination: 'professional' },
      'ba7b21909472bb9f198d08be0aed60dcd924e61509c8479e1453817099ca3dde',
    ],
    [{ attestNone: ['tattoo'] }, '592c16c16633599319046a3f849ac79a5662cdf0688aac5a00b60fafad96d7af'],
    [
      { caption: [{ class: 'name', line: 1 }] },
      'be4bf0960aaca0f87e9e23fa0794e641a679fdd98577570d230b3a749d80c647',
    ],
  ])('of %j is what it has always been', (options, hash) => {
    expect(settingsHash(parseSettings(options))).toBe(hash);
  });

  it('depends on what is set, not on its order or where it came from', async () => {
    const { style, ...rest } = DEFAULT_SETTINGS;
    expect(settingsHash({ ...rest, style })).toBe(settingsHash(DEFAULT_SETTINGS));
    expect(settingsHash({ ...DEFAULT_SETTINGS, style: 'solid' })).not.toBe(settingsHash(DEFAULT_SETTINGS));
    expect(settingsHash(await settingsFrom(AS_OPTIONS))).toBe(settingsHash(parseSettings(ALL)));
    expect(settingsHash(parseSettings({ attestNone: ['text', 'face', 'text'] }))).toBe(
      settingsHash(parseSettings({ attestNone: ['face', 'text'] })),
    );
  });
});

describe('settings', () => {
  it.each([[{}], [ALL], [{ caption: [{ class: 'name', line: 1 }], limits: { maxFrames: 3 } }]])(
    '%j are the same once they were written down and read again',
    (options) => {
      const settings = parseSettings(options);
      expect(parseSettings(JSON.parse(JSON.stringify(settings)))).toEqual(settings);
      expect(parseSettings(JSON.parse(canonicalSettings(settings)))).toEqual(settings);
    },
  );

  it('are filled in, limits too', () => {
    expect(parseSettings({ limits: { maxFrames: 3 } })).toEqual({
      ...DEFAULT_SETTINGS,
      limits: { ...DEFAULT_SETTINGS.limits, maxFrames: 3 },
    });
  });

  it('are recorded in a ledger unless they could name somebody', () => {
    const entry = {
      destination: 'clinical',
      maxRisk: 0.2,
      style: 'solid',
      extent: 'wide',
      attestNone: ['face', 'text'],
      keepRegions: 2,
      cropToKeep: true,
      allowFaceInKeep: true,
      allowText: 1,
      keepRuler: true,
    };
    expect(recordedSettings(parseSettings(ALL))).toEqual(entry);
    expect(recordedSettingsSchema.parse(entry)).toEqual(entry);
    expect(recordedSettings(DEFAULT_SETTINGS)).not.toHaveProperty('extent');
  });
});
