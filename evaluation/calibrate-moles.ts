import { numbersOf } from './numbers-of.ts';
import { constellation, drawnSkin, type Taken } from './planted-moles.ts';
import { skinPatchOf, type SkinPatch } from './skin-patch.ts';
import { ranksOfSkin, type PatchOf } from './skin-ranks.ts';

/** Drawn people, all of whose skin is alike but for six moles each. */
const PEOPLE = 100;
/** Sides of the patch in the photo, in pixels. */
const PIXELS = [6, 8, 12, 16, 24, 32, 48, 96] as const;
/** Sides at which the attacker looks at a patch. */
const [LEAST, MOST] = [16, 48] as const;

/** How often the attacker who goes by skin knows people by drawn moles alone, per size of the patch. */
export function readOfMoles(): readonly {
  readonly pixels: number;
  readonly hits: number;
  readonly of: number;
}[] {
  return PIXELS.map((pixels) => {
    const set = (photo: string) =>
      Array.from({ length: PEOPLE }, (_, i): PatchOf => ({
        name: `${i}`,
        patch: patchOf(`${i}`, photo, pixels),
      }));
    const { texture } = ranksOfSkin(set('second'), set('first'));
    return { pixels, hits: texture.filter(({ rank1 }) => rank1).length, of: PEOPLE };
  });
}

function patchOf(name: string, photo: string, pixels: number): SkinPatch {
  const random = numbersOf(`${name} ${photo} ${pixels}`);
  const between = (least: number, most: number) => least + (most - least) * random();
  const taken: Taken = {
    pixels,
    shift: [between(-0.05, 0.05), between(-0.05, 0.05)],
    scale: between(0.94, 1.06),
    slope: between(-0.4, 0.4),
    light: between(0.75, 1.25),
    noise: 3,
  };
  const image = drawnSkin(constellation(numbersOf(`moles of ${name}`)), taken, random);
  const box = { x: 0, y: 0, width: pixels, height: pixels };
  return skinPatchOf(image, box, [box], Math.min(MOST, Math.max(LEAST, pixels)));
}
