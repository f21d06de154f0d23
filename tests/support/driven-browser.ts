import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A browser that is not Chromium, as far as the newcomer's path needs it; elements are named by CSS selectors. */
export interface DrivenBrowser {
  /** Where it saves files to. */
  readonly downloads: string;
  go(address: string): Promise<void>;
  /** What the body of a function returns in the page. */
  run<T>(body: string, ...args: readonly unknown[]): Promise<T>;
  click(selector: string): Promise<void>;
  /** Chooses a file as in the browser's own dialog. */
  choose(selector: string, path: string): Promise<void>;
  /** Of the page, in CSS pixels; some have a least width. */
  resize(width: number, height: number): Promise<void>;
  /** Errors that the page's code made, and what its policy forbade. */
  faults(): Promise<string[]>;
  close(): Promise<void>;
}

/** The key under which WebDriver names an element. */
export const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';
export type Element = Readonly<Record<typeof ELEMENT, string>>;

/** Where a program of the system is. @throws {Error} that says what to install */
export function programOf(name: string, packages: string): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const found = folders.map((folder) => join(folder, name)).find(existsSync);
  if (found === undefined)
    throw new Error(`These tests need ${name} on the PATH: apt-get install ${packages}`);
  return found;
}
