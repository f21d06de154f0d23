import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LANGUAGES, type Language } from '../src/core/language.js';
import { HELP_WORDS } from '../src/words/help.js';
import { TERMINAL_WORDS } from '../src/words/terminal.js';
import { cli, temporaryFolder } from './support/cli.js';

let folder: string;
let photo: string;
beforeAll(async () => {
  folder = await temporaryFolder();
  photo = join(folder, 'photo.jpg');
  await writeFile(
    photo,
    await sharp({ create: { width: 120, height: 90, channels: 3, background: '#d8a58e' } })
      .jpeg()
      .toBuffer(),
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Every sentence of a tree of words that stands in it as it is. */
function sentencesOf(words: unknown): string[] {
  if (typeof words === 'string') return [words];
  return typeof words === 'object' && words !== null ? Object.values(words).flatMap(sentencesOf) : [];
}

/** Without the breaks that fit a text into the terminal. */
const flat = (text: string) => text.replace(/\s+/g, ' ');

/** Whether a text has a sentence; examples stand in two columns, so that words of the other one come between. */
function says(text: string, sentence: string): boolean {
  const words = flat(sentence)
    .split(' ')
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(words.join('(?: \\S+){0,12}? ')).test(text);
}

/** The help of the whole and of every command. */
async function helpIn(language: string): Promise<string> {
  const commands = [[], ...Object.keys(HELP_WORDS.en.commands).map((name) => [name])];
  const all = await Promise.all(
    commands.map(async (command) => {
      const { code, stdout, stderr } = await cli([...command, '--help', '--lang', language]);
      expect([code, stderr]).toEqual([0, '']);
      return stdout;
    }),
  );
  return flat(all.join('\n'));
}

describe('--help', () => {
  const helps = new Map<Language, string>();
  beforeAll(async () => {
    for (const language of LANGUAGES) helps.set(language, await helpIn(language));
  });

  it.each(LANGUAGES)('says in %s all that its words have', (language) => {
    const { usage, exitCodes, queuePassword, commands, options } = HELP_WORDS[language];
    const expected = [
      usage.replace('$0', 'image-deid'),
      exitCodes,
      queuePassword('IMAGE_DEID_REDIS_URL'),
      ...sentencesOf(commands),
      ...sentencesOf(options),
    ];
    const said = helps.get(language) ?? '';
    expect(expected.filter((sentence) => !says(said, sentence))).toEqual([]);
  });

  it('says in French nothing English', () => {
    const english = [...sentencesOf(HELP_WORDS.en), 'Commands:', 'Options:', 'Examples:', 'Positionals:'];
    const parser = [
      'Show help',
      'Show version',
      '[boolean]',
      '[string]',
      '[required]',
      'default:',
      'choices:',
    ];
    const said = helps.get('fr') ?? '';
    expect([...english, ...parser].filter((sentence) => said.includes(flat(sentence)))).toEqual([]);
  });

  it('is in the language of the environment, when none is asked for', async () => {
    expect((await cli(['run', '--help'], { locale: 'fr_FR.UTF-8' })).stdout).toContain(
      HELP_WORDS.fr.commands.run.about,
    );
  });
});

describe('a command that fails in French says so in French alone', () => {
  it.each([
    [[], 'Il manque une commande'],
    [['blur-it'], 'Argument inconnu : blur-it'],
    [['run', 'PHOTO', '--out', 'OUT', '--fast'], 'Argument inconnu : fast'],
    [['rnu'], 'Argument inconnu : rnu. Vouliez-vous dire run au lieu de rnu ?'],
    [
      ['run', 'PHOTO', '--otu', 'OUT'],
      'Argument requis manquant : out. Vouliez-vous dire --out au lieu de --otu ?',
    ],
    [
      ['run', 'PHOTO', '--out', 'OUT', '--style', 'blru'],
      'Pour --style, il faut « blur », « pixelate » ou « solid », et non "blru" ; vouliez-vous dire « blur » ?',
    ],
    [['run', 'PHOTO'], 'Argument requis manquant : out'],
    [['run', 'PHOTO', '--out'], 'Il manque une valeur à --out'],
    [['run', 'NOWHERE', '--out', 'OUT'], 'Il n’y a ni fichier ni dossier NOWHERE'],
    [
      ['run', 'PHOTO', '--out', 'OUT', '--jobs', 'two'],
      'Pour --jobs, il faut un nombre entier à partir de 1, et non "two"',
    ],
    [
      ['run', 'PHOTO', '--out', 'OUT', '--style', 'none'],
      'Pour --style, il faut « blur », « pixelate » ou « solid », et non "none"',
    ],
    [
      ['run', 'PHOTO', '--out', 'OUT', '--out', 'OUT'],
      'Pour --out, il faut un dossier, et non une liste de 2',
    ],
    [
      ['run', 'PHOTO', '--out', 'OUT', '--sign', 'PHOTO'],
      'La clé ne peut pas être lue ; --sign prend le fichier que « image-deid keygen » a écrit',
    ],
    [
      ['run', 'PHOTO', '--out', 'OUT', '--caption', 'PHOTO'],
      'Le fichier de --caption ne peut pas être lu : La légende n’est pas un texte',
    ],
    [['verify', 'OUT', '--private', '--clean'], 'Les arguments private et clean sont mutuellement exclusifs'],
    [['status'], 'Il faut --redis URL, ou la variable d’environnement IMAGE_DEID_REDIS_URL'],
  ])('%j', async (words, sentence) => {
    const paths: Record<string, string> = { PHOTO: photo, OUT: join(folder, 'out') };
    const command = words.map((word) => paths[word] ?? word);
    const { IMAGE_DEID_REDIS_URL: _, ...env } = process.env;
    const { code, stdout, stderr } = await cli([...command, '--lang', 'fr'], { env });
    const [line, ...rest] = stderr.split('\n');
    expect([code, stdout, line]).toEqual([2, '', `image-deid : ${sentence}`]);
    expect([['Essayez : image-deid --help', ''], ['']]).toContainEqual(rest);
  });

  it('also when the language itself is wrong', async () => {
    const { code, stderr } = await cli(['keygen', join(folder, 'a.key'), '--lang', 'de'], {
      locale: 'fr_FR.UTF-8',
    });
    expect([code, stderr]).toEqual([2, 'image-deid : Pour --lang, il faut « en » ou « fr », et non "de"\n']);
  });

  it('also when a photo cannot be read', async () => {
    const text = join(folder, 'letter.jpg');
    await writeFile(text, '%PDF-1.7');
    const { code, stdout } = await cli(['inspect', text, '--lang', 'fr']);
    expect([code, stdout]).toEqual([
      3,
      `${text}\n  refusée : Les fichiers PDF ne sont pas acceptés ; sont acceptés : JPEG, PNG, WebP, TIFF, AVIF, GIF et HEIC (unsupported-format)\n\n`,
    ]);
  });

  it('also when an error is one that nobody expected', async () => {
    const code = 'process.stdout.write = () => { throw new TypeError("/in/Martha.jpg") }';
    const env = {
      ...process.env,
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(code)}`,
    };
    const { stderr } = await cli(['keygen', join(folder, 'b.key'), '--lang', 'fr'], { env });
    expect(stderr).toMatch(
      /^image-deid : Une erreur inattendue s’est produite à l’étape « usage » \(TypeError, cli\/commands\/keygen\.js:\d+\)\n$/,
    );
  });
});

it('doctor speaks French', async () => {
  const { code, stdout } = await cli(['doctor', '--lang', 'fr']);
  expect(code).toBe(0);
  expect(stdout).toContain(`\n${TERMINAL_WORDS.fr.doctor.allLoad}\n`);
  expect(stdout).not.toMatch(/\b(threads|core dumps|engine|read|written|loaded|in use|model) /);
});
