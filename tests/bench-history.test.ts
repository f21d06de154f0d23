import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CHART, chartOf, fileOf, readHistory, type Entry } from '../bench/support/history.ts';
import { filesLike } from './support/documents.js';

const entry = (date: string, commit: string, ratio: number): Entry => ({
  schema: 'image-deid/bench@1',
  commit,
  isChanged: ratio > 20,
  date: `${date}T10:00:00.000Z`,
  machine: { processor: 'one', cores: 2, memoryGiB: 24, node: '20.19.0', load: 1.5 },
  repeats: 3,
  photos: {
    small: { baselineSeconds: 0.1, seconds: ratio / 10, stages: { detect: 0.5 }, peakMiB: 700, ratio },
  },
});

describe('the history of benchmarks', () => {
  it('is drawn from what is kept', () => {
    expect(readFileSync(CHART, 'utf8')).toBe(chartOf(readHistory()));
  });

  it('names every file by its day and its commit', () => {
    const files = filesLike(['bench/history/*.json']).map((path) => basename(path));
    expect(files.length).toBeGreaterThan(0);
    expect(files).toEqual(
      readHistory()
        .map((each) => basename(fileOf(each)))
        .sort(),
    );
  });

  it('shows a bar for each run, as long as its ratio', () => {
    const chart = chartOf([entry('2026-01-02', 'aaaaaaa', 40), entry('2026-01-03', 'bbbbbbb', 20)]);
    expect(chart.split('```')[1]).toBe(
      [
        '',
        `2026-01-02 aaaaaaa+ ${'█'.repeat(40)} 40.0 × (4.00 s, 700 MiB, load 1.5)`,
        `2026-01-03 bbbbbbb  ${'█'.repeat(20)} 20.0 × (2.00 s, 700 MiB, load 1.5)`,
        '',
      ].join('\n'),
    );
  });
});
