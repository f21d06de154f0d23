import { composeToolbox } from '../src/compose.js';
import { describe, expect, it } from 'vitest';
import { lesion, skin } from '../samples/drawing.mjs';
import type { Redaction } from '../src/core/detection.js';
import type { ImageFormat, PixelImage } from '../src/core/image.js';
import { DEFAULT_LIMITS } from '../src/core/limits.js';
import { formatById } from '../src/formats/index.js';
import { isRefused } from '../src/risk/check-meaning.js';
import { DESTINATIONS, PROFILES, type Destination } from '../src/risk/destinations.js';
import { decide, type Decision } from '../src/risk/gate.js';
import { scoreRisk, type RiskScore } from '../src/risk/score.js';
import type { CheckResult, StagedFile } from '../src/verify/contract.js';
import { verifyStaged } from '../src/verify/verify-staged.js';
import { CONTAINER_LEAKS } from './support/container-leaks.js';

/** A photo that was treated rightly, but for what a test plants in it. */
interface Planted {
  readonly format?: ImageFormat;
  /** Before it was redacted. */
  readonly source: PixelImage;
  /** What is written. */
  readonly written: PixelImage;
  readonly redactions?: readonly Redaction[];
  /** Changes the written file itself. */
  plant?(clean: Buffer): Buffer | Promise<Buffer>;
}

interface Verdict {
  readonly checks: readonly CheckResult[];
  readonly risk: RiskScore;
  readonly decision: Decision;
}

const toolbox = await composeToolbox();

async function judge(planted: Planted, destination: Destination): Promise<Verdict> {
  const { format: id = 'jpeg', source, written, redactions = [] } = planted;
  const format = formatById(id);
  const clean = Buffer.from(
    await format.encode!({ format: id, frames: [{ pixels: written }] }, { limits: DEFAULT_LIMITS }),
  );
  const staged = planted.plant ? await planted.plant(clean) : clean;
  const image = { format: id, frames: [{ pixels: source }] };
  const detections = redactions.map(({ kinds: [kind = 'text'], box, polygon }) => ({
    kind,
    box,
    polygon,
    score: 1,
    detector: 'test',
  }));
  const file: StagedFile = {
    staged,
    format,
    original: image,
    source: image,
    detections: [detections],
    redactions: [redactions],
    limits: DEFAULT_LIMITS,
  };
  const { checks } = await verifyStaged(file, toolbox.checks, (result) =>
    isRefused(result, PROFILES[destination]),
  );
  const risk = scoreRisk({
    metadata: [],
    detections,
    redactions: [redactions],
    keptBack: [],
    notExamined: [],
    caption: [],
    context: [],
    checks,
  });
  const decision = decide(
    { score: risk, checks, notExamined: [], found: [], coveredShare: 0, format: id, bytes: staged.length },
    destination,
  );
  return { checks, risk, decision };
}

async function skinPhoto(): Promise<PixelImage> {
  const { data, info } = await (
    await skin(320, 240, 5, lesion(150, 110, 40))
  )
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: 3, data };
}

describe('a container that gives something away', () => {
  it.each(CONTAINER_LEAKS.map((leak) => [leak.format, leak.name, leak] as const))(
    '%s: %s is found, named and not cleared for anybody',
    async (_format, _name, leak) => {
      const photo = await skinPhoto();
      for (const destination of DESTINATIONS) {
        const { checks, risk, decision } = await judge(
          { ...leak, source: photo, written: photo },
          destination,
        );
        const found = checks.filter(({ status }) => status === 'found').map(({ check }) => check);
        expect(['container-walk', 'metadata-reread']).toContain(found[0]);
        expect(risk.after).toBe(1);
        expect(decision.outcome).toBe('refused');
        expect(decision.reasons.join()).toContain(found[0]);
        expect(JSON.stringify([decision, risk])).not.toContain('PLANTED');
      }
    },
  );
});
