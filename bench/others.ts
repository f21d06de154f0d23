/**
 * `npm run tool bench/others.ts -- [--photos 12] [--rounds 3]`: image-deid compared with tools that do a part of what
 * it does, on the same photos in turns: deface (faces only), exiftool and mat2 (metadata only). A tool that is not on
 * the PATH is left out, with a message. Needs the built package; Linux.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toolArguments } from '../scripts/support/arguments.ts';
import { MAIN } from '../scripts/support/root.ts';
import { median } from './support/measured-run.ts';
import { makePhotos } from './support/photos.ts';

const SIZES = { 'web image': { width: 1024, height: 768 }, '12 megapixels': { width: 4032, height: 3024 } };
const filesIn = (folder: string) => readdirSync(folder).map((name) => join(folder, name));

/** A command that works on copies of the photos in `folder`. */
type Command = readonly [program: string, words: readonly string[]];
const TOOLS: Readonly<Record<string, (folder: string, out: string) => Command>> = {
  'image-deid': (folder, out) => [process.execPath, [MAIN, 'run', folder, '--out', out]],
  deface: (folder) => ['deface', [...filesIn(folder), '--execution-provider', 'CPUExecutionProvider']],
  exiftool: (folder) => ['exiftool', ['-q', '-all=', '-overwrite_original', folder]],
  mat2: (folder) => ['mat2', ['--inplace', ...filesIn(folder)]],
};
const isThere = (tool: string) => tool === 'image-deid' || spawnSync('which', [tool]).status === 0;

const { values } = toolArguments(import.meta.url, {
  options: { photos: { type: 'string', default: '12' }, rounds: { type: 'string', default: '3' } },
});
const tools = Object.entries(TOOLS).filter(([tool]) => isThere(tool));
for (const tool of Object.keys(TOOLS)) {
  if (!isThere(tool)) console.log(`${tool} is not on the PATH: left out`);
}
const folder = mkdtempSync(join(tmpdir(), 'image-deid-others-'));
try {
  for (const [name, size] of Object.entries(SIZES)) {
    const input = join(folder, 'in');
    mkdirSync(input);
    await makePhotos(input, Number(values.photos), size);
    const seconds = new Map(tools.map(([tool]): [string, number[]] => [tool, []]));
    for (let round = 0; round < Number(values.rounds); round++) {
      for (const [tool, commandFor] of tools) {
        const [copy, out] = [join(folder, 'copy'), join(folder, 'out')];
        cpSync(input, copy, { recursive: true });
        const [command, words] = commandFor(copy, out);
        const start = performance.now();
        const { status } = spawnSync(command, words, { stdio: 'ignore' });
        seconds.get(tool)?.push((performance.now() - start) / 1000);
        if (status !== 0 && !(tool === 'image-deid' && status === 3)) {
          console.log(`${tool} ended with ${status}`);
        }
        for (const path of [copy, out]) rmSync(path, { recursive: true, force: true });
      }
    }
    const ours = median(seconds.get('image-deid') ?? []);
    console.log(`${name}: ${values.photos} photos, whole commands with their start`);
    console.table(
      Object.fromEntries(
        [...seconds].map(([tool, spent]) => {
          const theirs = median(spent);
          const speed = Number(values.photos) / theirs;
          return [
            tool,
            {
              'photos per second': Number(speed.toFixed(2)),
              'image-deid against it': Number((theirs / ours).toFixed(3)),
            },
          ];
        }),
      ),
    );
    rmSync(input, { recursive: true });
  }
} finally {
  rmSync(folder, { recursive: true });
}
