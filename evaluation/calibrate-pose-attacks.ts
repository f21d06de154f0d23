import { openFaceEmbedder } from '../dist/models/face-embedding/index.js';
import { dot, unit, wilson, type Interval } from './calibrate-figures.ts';
import { masked, painted } from './calibrate-covers.ts';
import { cheeksOf, type Cheek } from './calibrate-poses.ts';
import { colourDistance, knownSkin, likenessOfTexture, seenSkin } from './skin-attacker.ts';
import { deviation, evenedOut } from './skin-ranks.ts';

/** Sides of the patch, as shares of the width of the face's box. */
const WIDTHS = [0.25, 0.4] as const;
/** From here on a head is seen from the side, in degrees. */
const PROFILE = 60;
const ATTACKS = ['faceres-enlarged', 'texture', 'colour', 'both'] as const;
type PoseAttack = (typeof ATTACKS)[number];

export interface PoseFigure {
  readonly width: number;
  /** Median side of the patch, in pixels. */
  readonly pixels: number;
  readonly attack: PoseAttack;
  /** Which photos are attacked: heads seen from the side, all others, or all in which the series is another one. */
  readonly of: 'front' | 'profile' | 'other series';
  readonly hits: number;
  readonly all: number;
  readonly people: number;
  readonly interval: Interval;
}

/**
 * How often a cheek is told apart among the same cheeks of everybody, in photos of every other pose (leave one pose
 * out): the same day and light, so this is more than an attacker has otherwise.
 */
export async function attackPoses(data: string): Promise<readonly PoseFigure[]> {
  const figures: PoseFigure[] = [];
  for (const width of WIDTHS) {
    const trials: Trial[] = [];
    const pixels: number[] = [];
    let people = 0;
    for (const side of [-1, 1] as const) {
      const cheeks = await cheeksOf(data, side, width);
      pixels.push(...cheeks.map(({ box }) => box.width));
      people = new Set(cheeks.map(({ name }) => name)).size;
      trials.push(...(await trialsOf(cheeks)));
    }
    const median = pixels.sort((a, b) => a - b)[Math.floor(pixels.length / 2)] ?? NaN;
    for (const attack of ATTACKS) {
      for (const of of ['front', 'profile', 'other series'] as const) {
        const its = trials.filter((trial) => trial.attack === attack && trial.of === of);
        const hits = its.filter(({ hit }) => hit).length;
        figures.push({
          width,
          pixels: median,
          attack,
          of,
          hits,
          all: its.length,
          people,
          interval: wilson(hits, its.length),
        });
      }
    }
  }
  return figures;
}

interface Trial {
  readonly attack: PoseAttack;
  readonly of: PoseFigure['of'];
  readonly hit: boolean;
}

async function trialsOf(cheeks: readonly Cheek[]): Promise<Trial[]> {
  const scores = await scoresOf(cheeks);
  return ATTACKS.flatMap((attack) =>
    cheeks.flatMap((probe, i): Trial[] => {
      const best = (isRight: boolean, isOpen: (known: Cheek) => boolean) =>
        Math.max(
          -Infinity,
          ...cheeks.flatMap((known, j) =>
            known.pan !== probe.pan && (known.name === probe.name) === isRight && isOpen(known)
              ? [scores[attack][i]![j]!]
              : [],
          ),
        );
      const hit = (isOpen: (known: Cheek) => boolean) => best(true, isOpen) > best(false, isOpen);
      return [
        { attack, of: Math.abs(probe.pan) >= PROFILE ? 'profile' : 'front', hit: hit(() => true) },
        { attack, of: 'other series', hit: hit(({ series }) => series !== probe.series) },
      ];
    }),
  );
}

type Scores = readonly (readonly number[])[];

async function scoresOf(cheeks: readonly Cheek[]): Promise<Readonly<Record<PoseAttack, Scores>>> {
  const known = cheeks.map(({ patch }) => knownSkin(patch));
  const seen = cheeks.map(({ patch }) => seenSkin(patch));
  const spread = known[0]!.colour.map((_, c) => deviation(known.map(({ colour }) => colour[c]!)));
  const texture = evenedOut(seen.map((one) => known.map((other) => likenessOfTexture(other, one))));
  const colour = evenedOut(
    seen.map((one) => known.map((other) => -colourDistance(other.colour, one.colour, spread))),
  );
  const embedder = await openFaceEmbedder();
  const vectors: Float64Array[] = [];
  for (const { image, box } of cheeks) {
    const alone = painted(
      image,
      masked(image, [box]).map((inside) => 1 - inside),
      () => 128,
    );
    const square = {
      centre: [box.x + box.width / 2, box.y + box.height / 2] as const,
      side: box.width,
      angle: 0,
    };
    vectors.push(Float64Array.from(await embedder.embed(alone, square)));
  }
  const mean = vectors[0]!.map(
    (_, k) => vectors.reduce((sum, vector) => sum + vector[k]!, 0) / vectors.length,
  );
  const centred = vectors.map((vector) => unit(vector.map((value, k) => value - mean[k]!)));
  return {
    texture,
    colour,
    both: texture.map((row, i) => row.map((value, j) => value + colour[i]![j]!)),
    'faceres-enlarged': centred.map((one) => centred.map((other) => dot(one, other))),
  };
}
