import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { sheetsOf, type Strip } from '../../api.js';
import { Picture } from '../state/picture.js';
import { t } from '../strings/index.js';
import { FrameStrip } from './frame-strip.js';

/** Where the sheets come from; the same functions each time. */
export interface FrameSource {
  readonly sheet: (sheet: number, signal: AbortSignal) => Promise<Blob>;
  readonly strip: (signal: AbortSignal) => Promise<Blob>;
}

interface FrameViewerProps {
  readonly strip: Strip;
  readonly source: FrameSource;
  /** Sheets that were shown. */
  readonly looked: ReadonlySet<number>;
  /** A sheet is on the screen. */
  readonly onShown: (sheet: number) => void;
}

/** A photo of several frames or pages as it will be shared, a sheet at a time, and which of them were looked at. */
export function FrameViewer({ strip, source, looked, onShown }: FrameViewerProps) {
  const place = useRef<HTMLDivElement>(null);
  const at = useSignal(0);
  const sheet = at.value;
  const large = useMemo(() => new Picture((signal) => source.sheet(sheet, signal)), [source, sheet]);
  useEffect(() => {
    large.load(0);
    return () => large.close();
  }, [large]);
  const all = Array.from({ length: sheetsOf(strip) }, (_, i) => i);
  const left = all.filter((each) => each !== sheet && !looked.has(each));
  const next = left.find((each) => each > sheet) ?? left[0];
  return (
    <div class="frames" ref={place}>
      <div class="frames-picture" aria-busy={large.isLoading.value}>
        {large.url.value && (
          <img
            src={large.url.value}
            alt={t.frames.alt(t.frames.nameOf(strip, sheet))}
            data-testid="sheet"
            data-sheet={sheet}
            onLoad={() => onShown(sheet)}
          />
        )}
      </div>
      <FrameStrip strip={strip} at={at} looked={looked} fetchStrip={source.strip} />
      {next !== undefined && (
        <button
          type="button"
          class="button"
          data-testid="next-sheet"
          onClick={() => {
            at.value = next;
            // The button goes when it leads nowhere.
            if (left.length === 1) place.current?.querySelectorAll<HTMLElement>('.strip-cell')[next]?.focus();
          }}
        >
          {t.frames.next(strip, next)}
        </button>
      )}
    </div>
  );
}
