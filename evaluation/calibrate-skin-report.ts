import type { Tenth } from './calibrate-curve.ts';
import type { RankFigures } from './calibrate-figures.ts';
import type { PoseFigure } from './calibrate-pose-attacks.ts';
import { percent, reliabilityTable, table, withInterval } from './calibrate-report.ts';
import type { SkinFigures } from './calibrate-skin-analyse.ts';
import { ATTACKS, type AttackId } from './calibrate-skin-attacks.ts';

/** What an attack is called in the tables. */
const NAMES: Readonly<Record<AttackId, string>> = {
  faceres: 'faceres, plain gallery',
  'resnet-34': 'ResNet-34, plain gallery',
  'faceres-known': 'faceres, the patch known',
  'resnet-34-known': 'ResNet-34, the patch known',
  'faceres-enlarged': 'faceres, the patch known and enlarged',
  texture: 'skin: texture',
  colour: 'skin: colour',
  both: 'skin: both',
  'faceres-margin': 'faceres, with a crop’s margin',
  'faceres-within': 'faceres, in a covered head',
  'resnet-34-within': 'ResNet-34, in a covered head',
};

/** The tables of docs/FACES.md. */
export function skinTablesOf(
  { people, patches, pooled, together, features }: SkinFigures,
  moles: readonly { readonly pixels: number; readonly hits: number; readonly of: number }[],
  poses: readonly PoseFigure[],
  curve: readonly Tenth[],
): string {
  const chance = (count: number) => percent(1 / count);
  const width = (share: number) => `${Math.round(100 * share)} %`;
  const cell = (figure: RankFigures | undefined) => (figure ? withInterval(figure.rank1) : '');
  return [
    `### Features covered, skin left`,
    '',
    `${people.features} people (chance ${chance(people.features)}); skin is left on ${features.leftOpen} of them, on average ${percent(features.share)} of the face’s box over all.`,
    '',
    ...table(
      ['attack', 'rank 1', 'rank 5'],
      Object.entries(features.attacks).map(([id, figure]) => [
        id.endsWith('-known') ? `${id.slice(0, -6)}, gallery treated alike` : `${id}, plain gallery`,
        cell(figure),
        percent(figure.rank5.share),
      ]),
    ),
    '',
    `The attacker on skin who has cheek, forehead, chin and temple together, ${people.bySkin} people (chance ${chance(people.bySkin)}):`,
    '',
    ...table(
      ['each patch', 'rank 1', 'rank 5'],
      together.map((figure) => [width(figure.width), cell(figure), percent(figure.rank5.share)]),
    ),
    '',
    '### Patches, all four places together',
    '',
    `Rank 1. Faces are compared among ${people.byFace} people (chance ${chance(people.byFace)}), skin among ${people.bySkin} (chance ${chance(people.bySkin)}).`,
    '',
    ...table(
      ['attack', ...pooled.map((each) => `${width(each.width)} wide (${percent(each.share)} of the box)`)],
      ATTACKS.map((id) => [NAMES[id], ...pooled.map(({ attacks }) => cell(attacks[id]))]),
    ),
    '',
    '### Patches, one by one',
    '',
    'Rank 1, and rank 5 after the stroke.',
    '',
    ...table(
      ['patch', 'of the box', ...ATTACKS.map((id) => NAMES[id])],
      patches.map((patch) => [
        `${patch.place}, ${width(patch.width)}`,
        percent(patch.share),
        ...ATTACKS.map((id) => {
          const figure = patch.attacks[id];
          return figure ? `${percent(figure.rank1.share)} / ${percent(figure.rank5.share)}` : '';
        }),
      ]),
    ),
    '',
    '### Drawn moles',
    '',
    ...table(
      ['pixels along the patch', ...moles.map(({ pixels }) => String(pixels))],
      [['rank 1 by texture', ...moles.map(({ hits, of }) => percent(hits / of))]],
    ),
    '',
    '### Cheeks in other poses',
    '',
    ...table(
      ['patch', 'attack', 'attacked', 'rank 1', 'of'],
      poses.map(({ width: share, pixels, attack, of, hits, all, interval }) => [
        `${width(share)}, ${pixels} pixels`,
        attack,
        of,
        withInterval({ share: hits / all, interval }),
        String(all),
      ]),
    ),
    '',
    '### The curve',
    '',
    ...reliabilityTable(curve),
  ].join('\n');
}
