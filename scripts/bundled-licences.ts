import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Plugin } from 'vite';
import { ROOT } from './support/root.ts';

/** Names of the packages that a bundle's modules come from, each once. */
export function packagesOf(moduleIds: Iterable<string>): string[] {
  const packages = [...moduleIds].flatMap((id) => {
    const inside = id.split(`${sep}node_modules${sep}`).at(1)?.split(sep);
    return inside ? [inside.slice(0, inside[0]?.startsWith('@') ? 2 : 1).join('/')] : [];
  });
  return [...new Set(packages)].sort();
}

/** A plugin of vite: a bundle is shipped, so its packages' licences go with it, in `licences.txt` beside the bundle. */
export function bundledLicences(): Plugin {
  return {
    name: 'licences',
    generateBundle() {
      const source = packagesOf(this.getModuleIds()).map((name) => `${name}\n\n${licenceOf(name)}\n`);
      this.emitFile({ type: 'asset', fileName: 'licences.txt', source: source.join('\n\n') });
    },
  };
}

function licenceOf(name: string): string {
  const folder = join(ROOT, 'node_modules', name);
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined) throw new Error(`Expected a licence in ${name} but found none`);
  return readFileSync(join(folder, file), 'utf8').trim();
}
