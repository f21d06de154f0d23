import { beforeAll, describe, expect, it } from 'vitest';
import { lesion, skin, tattoo } from '../../../../samples/drawing.mjs';
import { checkStatus } from '../../../../tests/support/check-status.js';
import { seeded } from '../../../../tests/support/seeded.js';
import type { Redaction } from '../../../core/detection.js';
import { boxPolygon, type Box } from '../../../core/geometry.js';
import type { PixelImage } from '../../../core/image.js';
import { openSecondTattooFinder } from '../../../detect/tattoo/tattoo-finder.js';
import { redactFrame } from '../../../redact/apply-redactions.js';
import { STYLES } from '../../../redact/styles/index.js';
import { uncoveredTattoo } from './index.js';

const check = uncoveredTattoo(openSecondTattooFinder);
const [WIDTH, HEIGHT] = [640, 480];
/** Around the drawn anchor. */
const ANCHOR: Box = { x: 130, y: 165, width: 140, height: 150 };

async function drawn(elements: string): Promise<PixelImage> {
  const data = await (await skin(WIDTH, HEIGHT, 53, elements)).removeAlpha().raw().toBuffer();
  return { width: WIDTH, height: HEIGHT, channels: 3, data };
}

const covering = (box: Box): Redaction => ({ kinds: ['tattoo'], box, polygon: boxPolygon(box) });

describe('uncovered-tattoo', () => {
  let inked: PixelImage;

  beforeAll(async () => {
    inked = await drawn(tattoo(200, 240, 110));
  });

  it('finds ink that nobody covered', async () => {
    expect(await checkStatus(check, inked)).toBe('found');
  });

  it('finds ink when the redaction lies at its mirror image', async () => {
    const beside = [covering({ ...ANCHOR, x: WIDTH - ANCHOR.x - ANCHOR.width })];
    const written = redactFrame(inked, beside, STYLES.blur, seeded(3));
    expect(await checkStatus(check, written, [], beside)).toBe('found');
  });

  it.each(Object.values(STYLES))('sees none under $id', async (style) => {
    const over = [covering(ANCHOR)];
    const written = redactFrame(inked, over, style, seeded(3));
    expect(await checkStatus(check, written, [], over)).toBe('not-found');
  });

  it('does not mistake a lesion for ink', async () => {
    expect(await checkStatus(check, await drawn(lesion(320, 240, 70)))).toBe('not-found');
  });

  it('cannot tell about a file that does not open', async () => {
    expect(await checkStatus(check, undefined)).toBe('could-not-tell');
  });
});
