import type { Figures } from './calibrate-analyse.ts';
import type { AttackerId } from './calibrate-attackers.ts';
import type { Tenth } from './calibrate-curve.ts';
import type { Figure } from './calibrate-figures.ts';

const ATTACKERS: readonly AttackerId[] = ['faceres', 'resnet-34'];
export const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
export const withInterval = ({ share, interval: [low, high] }: Pick<Figure, 'share' | 'interval'>) =>
  `${percent(share)} (${(100 * low).toFixed(1)}–${(100 * high).toFixed(1)})`;

/** The tables of docs/face-matching.md. */
export function tablesOf({
  conditions,
  reliability,
  check,
  withDistractors,
  gallery,
  probes,
  chance,
}: Figures): string {
  const row = ({ id, label, share, attackers }: Figures['conditions'][number]) => {
    const cells = ATTACKERS.flatMap((name) => {
      const figures = attackers[name];
      if (!figures) return ['', '', ''];
      const same = figures.sameOnGallery ? withInterval(figures.sameOnGallery.rank1) : '';
      return [withInterval(figures.rank1), percent(figures.rank5.share), same];
    });
    return [label, share.toFixed(2), ...cells, percent(check.found[id]?.share ?? NaN)];
  };
  const lines = [
    `${probes} redacted faces among ${gallery} people; chance is ${percent(chance)} at rank 1 and ${percent(5 * chance)} at rank 5. In brackets: 95 % confidence (Wilson).`,
    '',
    ...table(
      [
        'what was done',
        'left of the box',
        'faceres, rank 1',
        'rank 5',
        'gallery redacted too',
        'ResNet-34, rank 1',
        'rank 5',
        'gallery redacted too',
        '`face-match` finds',
      ],
      conditions.map(row),
    ),
    '',
  ];
  if (withDistractors) {
    const { gallery: people, faceres, 'resnet-34': resnet } = withDistractors;
    lines.push(
      `Unredacted among ${people} people: faceres ${withInterval(faceres.rank1)}, ResNet-34 ${withInterval(resnet.rank1)}.`,
      '',
    );
  }
  lines.push(...reliabilityTable(reliability));
  return lines.join('\n');
}

/** Predicted and achieved, per tenth of the prediction. */
export function reliabilityTable(reliability: readonly Tenth[]): string[] {
  return table(
    ['predicted', 'comparisons', 'mean predicted', 'achieved', 'difference'],
    reliability.map(({ from, n, predicted, achieved, interval }) => [
      `${from.toFixed(1)}–${(from + 0.1).toFixed(1)}`,
      String(n),
      percent(predicted),
      withInterval({ share: achieved, interval }),
      `${(100 * (achieved - predicted)).toFixed(1)} points`,
    ]),
  );
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

const SIZE = 400;
const MARGIN = 50;

/** The reliability diagram: a point per tenth with its 95 % confidence, and a band of 5 points around the ideal. */
export function diagramOf({ reliability }: Figures): string {
  const x = (value: number) => (MARGIN + value * SIZE).toFixed(1);
  const y = (value: number) => (MARGIN / 2 + (1 - value) * SIZE).toFixed(1);
  const line = (x0: number, y0: number, x1: number, y1: number, stroke: string) =>
    `<line x1="${x(x0)}" y1="${y(y0)}" x2="${x(x1)}" y2="${y(y1)}" stroke="${stroke}"/>`;
  const text = (at: number | string, up: number, words: number | string, more = '') =>
    `<text x="${at}" y="${up}" text-anchor="middle"${more}>${words}</text>`;
  const band = [
    [0, 0],
    [0, 0.05],
    [0.95, 1],
    [1, 1],
    [1, 0.95],
    [0.05, 0],
  ].map(([u = 0, v = 0]) => `${x(u)},${y(v)}`);
  const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1];
  const middle = MARGIN + SIZE / 2;
  const bottom = MARGIN / 2 + SIZE;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE + 1.5 * MARGIN} ${SIZE + 1.5 * MARGIN}" font-family="sans-serif" font-size="12">`,
    '<title>Predicted and achieved re-identification by face, per tenth of the prediction</title>',
    `<rect width="100%" height="100%" fill="#fff"/>`,
    `<polygon points="${band.join(' ')}" fill="#e3eefa"/>`,
    line(0, 0, 1, 1, '#8aa'),
    line(0, 0, 1, 0, '#333'),
    line(0, 0, 0, 1, '#333'),
    ...ticks.map((tick) => text(x(tick), bottom + 16, tick)),
    ...ticks.map((tick) => text(MARGIN - 14, Number(y(tick)) + 4, tick)),
    text(middle, bottom + 36, 'predicted'),
    text(14, bottom - SIZE / 2, 'achieved (rank 1)', ` transform="rotate(-90 14 ${bottom - SIZE / 2})"`),
    ...reliability.flatMap(({ predicted, achieved, interval: [low, high], n }) => [
      line(predicted, low, predicted, high, '#1f5fa8'),
      `<circle cx="${x(predicted)}" cy="${y(achieved)}" r="4" fill="#1f5fa8"><title>${n} comparisons</title></circle>`,
    ]),
    '</svg>',
    '',
  ].join('\n');
}
