import { expect, it } from 'vitest';
import { finishedOf } from './unfinished.js';

const root = '/home/.martha/inbox.tmp';
const finished = (...names: string[]) =>
  finishedOf(
    names.map((name) => ({ path: Buffer.from(`${root}/${name}`) })),
    Buffer.from(root),
  ).map(({ path }) => path.toString().slice(root.length + 1));

it.each([
  ...[
    'a.jpg.part',
    'a.jpg.crdownload',
    'Unconfirmed 7.CRDOWNLOAD',
    'a.jpg.download/a.jpg',
    'a.tmp',
    'a.jpg~',
  ],
  ...['a.jpg.partial', 'a.jpg.filepart', '.a.jpg.Xk3f2a', '.rsync-partial/a.jpg', 'deep/.trash/a.jpg'],
])('lets %s wait', (name) => {
  expect(finished(name, 'b.jpg')).toEqual(['b.jpg']);
});

it('takes what is finished, whatever the watched folder is called', () => {
  const names = ['a.jpg', 'part', 'deep/b', 'deep/party.jpg', 'download.png', 'tmp/c.jpg'];
  expect(finished(...names)).toEqual(names);
});

it('lets a placeholder wait for the download beside it', () => {
  expect(finished('a.jpg', 'a.jpg.part', 'b.jpg', 'deep/a.jpg')).toEqual(['b.jpg', 'deep/a.jpg']);
});
