import type { DetectionKind } from '../../src/core/detection.js';
import type { LedgerDraft } from '../../src/publish/contract.js';
import { scoreRisk } from '../../src/risk/index.js';
import { draftOf } from './staged-photo.js';

const DETECTED: readonly Readonly<Partial<Record<DetectionKind, number>>>[] = [
  { face: 1, text: 2 },
  { tattoo: 1 },
  { code: 1, text: 4 },
  {},
];

/** What a record usually says, so that a report of many of them is as long as a real one. @param i from 0 */
export function usualDraft(outcome: LedgerDraft['outcome'], i: number): LedgerDraft {
  if (outcome === 'refused') {
    const code = 'truncated';
    return {
      ...draftOf(outcome),
      reasons: [{ id: `error/${code}`, values: {} }],
      error: { code, stage: 'decode' },
    };
  }
  const detections = DETECTED[i % DETECTED.length] ?? {};
  const kinds = Object.keys(detections) as DetectionKind[];
  const risk = scoreRisk({
    metadata: [
      { part: 'exif', group: 'place', identifying: true },
      { part: 'exif', group: 'device', identifying: true },
    ],
    detections: kinds.map((kind) => ({
      kind,
      polygon: [
        [0, 0],
        [9, 0],
        [9, 9],
      ],
      box: { x: 0, y: 0, width: 9, height: 9 },
      score: 0.9,
      detector: 'test',
    })),
    redactions: [[]],
    keptBack: [],
    notExamined: [],
    openFeatures: [],
    openFaces: [],
    caption: [],
    context: [{ id: 'room', things: ['bed', 'sink'] }],
    checks: [],
  });
  const most = {
    after: risk.after,
    most: 0.09,
    destination: 'public',
    worst: { id: 'missed-face', values: { covered: 1 } },
  };
  return {
    ...draftOf(outcome),
    reasons:
      outcome === 'cleared'
        ? []
        : [
            { id: 'gate/risk', values: most },
            { id: 'gate/covered', values: { share: 0.5 + (i % 50) / 100 } },
          ],
    found: {
      format: 'jpeg',
      metadata: { place: 4, time: 6, device: 12, preview: 1 },
      removed: ['APP1 Exif', 'APP2 ICC'],
      trailingBytes: 0,
      detections,
      textClasses: { name: 1, date: 1 },
      allowedText: 0,
      redactions: 1 + (i % 5),
      redactedShare: (i % 70) / 100,
    },
    keptBack: [
      {
        kind: 'face',
        shown: false,
        share: 0,
        reason: { id: 'plan/covered-whole', values: { missing: ['eye'] } },
      },
    ],
    risk,
    utility: { skinVisible: 0.93, ssim: 0.981, deltaE2000: 0.31, resolutionLeft: 0.71 },
  };
}
