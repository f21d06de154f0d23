import { describe as suite, expect, it } from 'vitest';
import { numbersOf } from './numbers-of.ts';
import { constellation, drawnSkin, type Taken } from './planted-moles.ts';
import { skinPatchOf, type SkinPatch } from './skin-patch.ts';
import { ranksOfSkin, type PatchOf } from './skin-ranks.ts';

const PEOPLE = Array.from({ length: 20 }, (_, i) => `person ${i}`);
const STRAIGHT: Taken = { pixels: 48, shift: [0, 0], scale: 1, slope: 0, light: 1, noise: 3 };

function patchOf(name: string, photo: string, taken: Taken, moles = 6): SkinPatch {
  const image = drawnSkin(constellation(numbersOf(name), moles), taken, numbersOf(`${name} ${photo}`));
  const box = { x: 0, y: 0, width: taken.pixels, height: taken.pixels };
  return skinPatchOf(image, box, [box], Math.min(48, Math.max(16, taken.pixels)));
}

/** The share of people whose second photo is told apart by its moles alone. */
function rank1(second: Partial<Taken>, moles?: number): number {
  const taken = { ...STRAIGHT, ...second };
  const set = (photo: string, how: Taken): PatchOf[] =>
    PEOPLE.map((name) => ({ name, patch: patchOf(name, photo, how, moles) }));
  const ranks = ranksOfSkin(set('second', taken), set('first', { ...STRAIGHT, pixels: taken.pixels }));
  return ranks.texture.filter(({ rank1 }) => rank1).length / PEOPLE.length;
}

suite('the attacker who goes by skin', () => {
  it('names everybody by their moles in a second photo', () => {
    expect(rank1({})).toBe(1);
  });

  it('names everybody when the patch has moved, is larger, and the light comes from elsewhere', () => {
    expect(rank1({ shift: [0.06, -0.05] })).toBe(1);
    expect(rank1({ scale: 1.08 })).toBe(1);
    expect(rank1({ slope: 0.5, light: 0.7 })).toBe(1);
    expect(rank1({ shift: [-0.04, 0.04], scale: 0.95, slope: -0.3, light: 1.2, noise: 5 })).toBe(1);
  });

  it('needs pixels: with 24 along the side it still names most, with 6 fewer', () => {
    const harder = { shift: [-0.04, 0.04], scale: 0.95, slope: -0.3, light: 1.1 } as const;
    const enough = rank1({ ...harder, pixels: 24 });
    expect(enough).toBeGreaterThan(0.8);
    expect(rank1({ ...harder, pixels: 6 })).toBeLessThan(enough);
  });

  it('guesses where skin has no marks', () => {
    expect(rank1({}, 0)).toBeLessThan(0.2);
  });

  it('goes by colour where light does not hide it', () => {
    const tinted = (name: string, photo: string): PatchOf => {
      const random = numbersOf(`tint of ${name}`);
      const { side, rgb, seen } = patchOf(name, photo, STRAIGHT, 0);
      const tint = [1, 0.7 + 0.3 * random(), 0.6 + 0.4 * random()];
      return { name, patch: { side, seen, rgb: rgb.map((value, at) => Math.round(value * tint[at % 3]!)) } };
    };
    const set = (photo: string) => PEOPLE.map((name) => tinted(name, photo));
    const { colour, texture } = ranksOfSkin(set('second'), set('first'));
    expect(colour.filter(({ rank1 }) => rank1).length).toBeGreaterThan(15);
    expect(texture.filter(({ rank1 }) => rank1).length).toBeLessThan(4);
  });

  it('sees nothing in what is covered', () => {
    const blind = (name: string, photo: string): PatchOf => {
      const patch = patchOf(name, photo, STRAIGHT);
      return { name, patch: { ...patch, seen: new Uint8Array(patch.seen.length) } };
    };
    const { both } = ranksOfSkin(
      PEOPLE.map((name) => blind(name, 'second')),
      PEOPLE.map((name) => blind(name, 'first')),
    );
    expect(both.filter(({ rank1 }) => rank1)).toEqual([]);
  });
});
