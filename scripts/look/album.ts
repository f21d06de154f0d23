import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { escaped } from './draw.ts';

/** Pictures in a folder, numbered in their order, and a page that shows them. */
export class Album {
  private readonly figures: string[] = [];
  private pictures = 0;

  constructor(private readonly folder: string) {}

  /** @param words lines about what there is to see */
  async add(name: string, png: Buffer, words: readonly string[]): Promise<void> {
    const file = `${String(++this.pictures).padStart(2, '0')}-${name}.png`;
    await writeFile(join(this.folder, file), png);
    this.figures.push(
      `<figure><img src="${encodeURIComponent(file)}" alt="${escaped(name)}">${caption(file, words)}</figure>`,
    );
  }

  /** Adds a step that has nothing to see. */
  tell(name: string, words: readonly string[]): void {
    this.figures.push(`<figure>${caption(name, words)}</figure>`);
  }

  /** Writes the page. @returns its path */
  async finish(): Promise<string> {
    const path = join(this.folder, 'index.html');
    const style = 'body{font:15px/1.4 sans-serif;margin:2rem}img{max-width:100%}figure{margin:0 0 2rem}';
    await writeFile(
      path,
      `<!doctype html><meta charset="utf-8"><title>look</title><style>${style}</style>\n${this.figures.join('\n')}\n`,
    );
    return path;
  }
}

function caption(title: string, words: readonly string[]): string {
  return `<figcaption><b>${escaped(title)}</b><br>${words.map(escaped).join('<br>')}</figcaption>`;
}
