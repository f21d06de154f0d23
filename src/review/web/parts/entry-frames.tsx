import { useMemo } from 'preact/hooks';
import type { Strip } from '../../api.js';
import { api } from '../state/api-client.js';
import { look, lookedOf } from '../state/looked-frames.js';
import { FrameViewer } from './frame-viewer.js';

/** All frames or pages of one photo of the batch; it cannot be accepted before each was shown. */
export function EntryFrames({ seq, strip }: { seq: number; strip: Strip }) {
  const source = useMemo(
    () => ({
      sheet: (sheet: number, signal: AbortSignal) => api.queueSheet(seq, sheet, signal),
      strip: (signal: AbortSignal) => api.queueStrip(seq, signal),
    }),
    [seq],
  );
  return (
    <FrameViewer strip={strip} source={source} looked={lookedOf(seq)} onShown={(sheet) => look(seq, sheet)} />
  );
}
