import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What is bundled is shipped: its licences go with it, in `licences.txt` beside the bundle. */
export function bundledLicences(): Plugin {
  return {
    name: 'licences',
    generateBundle() {
      const packages = [...this.getModuleIds()].flatMap((id) => {
        const inside = id.split(`${sep}node_modules${sep}`).at(1)?.split(sep);
        return inside ? [inside.slice(0, inside[0]?.startsWith('@') ? 2 : 1).join('/')] : [];
      });
      const source = [...new Set(packages)].sort().map((name) => `${name}\n\n${licenceOf(name)}\n`);
      this.emitFile({ type: 'asset', fileName: 'licences.txt', source: source.join('\n\n') });
    },
  };
}

/** The file of its own; else the comment that its code begins with; packages of TensorFlow.js have the one of this project. */
function licenceOf(name: string): string {
  const folder = join(root, 'node_modules', name);
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file !== undefined) return readFileSync(join(folder, file), 'utf8').trim();
  const main = readdirSync(folder).find((entry) => entry === `${name}.js`);
  const comment = main && /^\/\*(.+?)\*\//s.exec(readFileSync(join(folder, main), 'utf8'))?.[1];
  if (comment && /Copyright.+Permission is hereby granted/s.test(comment)) return comment.trim();
  const { license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { license?: string };
  if (license !== 'Apache-2.0') throw new Error(`Expected a licence in ${name} but found none`);
  return readFileSync(join(root, 'LICENSE'), 'utf8').trim();
}
