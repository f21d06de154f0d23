import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  sentenceOf,
  WRONG_IN_CODE,
  WRONG_LIMITS,
  WRONG_SETTINGS,
  type WrongSetting,
} from '../../tests/support/wrong-settings.js';
import { settingsFrom } from '../cli/options.js';
import { parseQueuedSettings } from '../queue/queued-job.js';
import { EDIT_FIELDS } from '../review/api.js';
import { parseFields } from './field.js';
import { SETTINGS } from './fields.js';

/** The library's door is in tests/library.test.ts, because it needs what is built. */
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'image-deid-doors-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const OPTIONS: Readonly<Record<string, string>> = {
  maxRisk: 'max-risk',
  cropToKeep: 'crop-to-keep',
  allowFaceInKeep: 'allow-face-in-keep',
  allowText: 'allow-text',
  keepRuler: 'keep-ruler',
  outputFormat: 'format',
};
const optionOf = ({ field }: WrongSetting) => OPTIONS[field] ?? field;

/** As a command line writes it. */
function written({ field, value }: WrongSetting): unknown {
  if (field !== 'keep' || !Array.isArray(value)) return value;
  return value.map((box: object) => Object.values(box).join(','));
}

async function usageOf(act: () => unknown): Promise<unknown> {
  const error: unknown = await Promise.resolve()
    .then(act)
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: 'ImageDeidError', code: 'usage' });
  return error instanceof Error ? error.message : undefined;
}

const EDIT = {
  shapes: [],
  keep: [],
  cropToKeep: false,
  style: 'blur',
  extent: 'usual',
  faces: 'whole',
  destination: 'public',
  attestNone: [],
  caption: '',
};

describe('a setting that cannot be right', () => {
  it('exists for every setting', () => {
    const all = [...WRONG_SETTINGS, ...WRONG_IN_CODE, ...WRONG_LIMITS];
    expect([...new Set(all.map(({ field }) => field.split('.')[0]))].sort()).toEqual(
      Object.keys(SETTINGS).sort(),
    );
  });

  it.each(WRONG_SETTINGS)('is told by the command line: $field $value', async (setting) => {
    const option = optionOf(setting);
    expect(await usageOf(() => settingsFrom({ [option]: written(setting) }))).toBe(
      sentenceOf(setting, `--${option}`),
    );
  });

  it.each(WRONG_SETTINGS)('is told by the config file: $field $value', async (setting) => {
    const [option, config] = [optionOf(setting), join(folder, 'config.json')];
    writeFileSync(config, JSON.stringify({ [option]: written(setting) }));
    expect(await usageOf(() => settingsFrom({ config }))).toBe(
      sentenceOf(setting, `"${option}" of the --config file`),
    );
  });

  const asJson = [...WRONG_SETTINGS, ...WRONG_IN_CODE, ...WRONG_LIMITS].filter(
    // JSON cannot express these values.
    ({ sentence }) => !/NaN|Infinity/.test(sentence),
  );
  it.each(asJson)('is told by the worker that takes a job from a queue: $field $value', async (setting) => {
    const [name = '', part] = setting.field.split('.');
    const text = JSON.stringify({ [name]: part === undefined ? setting.value : { [part]: setting.value } });
    expect(await usageOf(() => parseQueuedSettings(text, ''))).toBe(sentenceOf(setting, setting.field));
  });

  // The page writes its caption as a text.
  const ofPage = asJson.filter(({ field }) => field in EDIT && field !== 'caption');
  it.each(ofPage)('is told to the page: $field $value', async (setting) => {
    const edit = { ...EDIT, [setting.field]: setting.value };
    expect(await usageOf(() => parseFields(EDIT_FIELDS, edit, 'request'))).toBe(
      sentenceOf(setting, setting.field),
    );
  });
});

describe('something that is not a setting at all', () => {
  it('is told by every door', async () => {
    const config = join(folder, 'config.json');
    writeFileSync(config, '{"stlye": "blur"}');
    expect(await usageOf(() => settingsFrom({ config }))).toMatch(
      /^Expected each name in the --config file to be one of destination, .*, format but received "stlye"; did you mean "style"\?$/,
    );
    expect(await usageOf(() => parseQueuedSettings('{"stlye": "blur"}', ''))).toMatch(
      /received "stlye"; did you mean "style"\?$/,
    );
    expect(await usageOf(() => parseFields(EDIT_FIELDS, { ...EDIT, stlye: 1 }, 'request'))).toMatch(
      /received "stlye"; did you mean "style"\?$/,
    );
  });

  it.each(['', 'no JSON', 'null', '[]', '5'])('is told of the queue’s text %j', async (text) => {
    expect(await usageOf(() => parseQueuedSettings(text, ''))).toMatch(
      /^Expected the settings to be an object but received /,
    );
  });

  it('is told when something required is missing', async () => {
    const { style: _, ...rest } = EDIT;
    expect(await usageOf(() => parseFields(EDIT_FIELDS, rest, 'request'))).toBe(
      'Expected style to be "blur", "pixelate" or "solid" but received nothing',
    );
  });
});
