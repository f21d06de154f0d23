import { useSignal, type Signal } from '@preact/signals';
import { useEffect, useId, useLayoutEffect, useRef } from 'preact/hooks';
import { middleOf, type Point } from '../../../core/geometry.js';
import { percent } from '../../../words/percent.js';
import type { PhotoEditor } from '../state/photo-editor.js';
import { locale, t } from '../strings/index.js';
import type { Tool } from './editing.js';
import { RegionLayer } from './region-layer.js';

interface PhotoCanvasProps {
  readonly photo: PhotoEditor;
  readonly tool: Signal<Tool | undefined>;
  readonly zoom: Signal<number>;
  /** How much of the original is shown, from the left, 0–1. */
  readonly original: Signal<number>;
}

/** The picture: the result over the original, divided by the slider, and the outlines over both. */
export function PhotoCanvas({ photo, tool, zoom, original }: PhotoCanvasProps) {
  const room = useRef<HTMLDivElement>(null);
  const space = useSignal({ width: 0, height: 0 });
  const helpId = useId();
  useEffect(() => {
    const measured = room.current;
    if (!measured) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) space.value = { width: entry.contentRect.width, height: entry.contentRect.height };
    });
    observer.observe(measured);
    return () => observer.disconnect();
  }, []);

  const { scroll, onScroll } = useCentre(photo, zoom);
  const { width, height } = photo.view.value;
  const fit = Math.min(space.value.width / width, space.value.height / height);
  const scale = fit * zoom.value;
  const hasAfter = photo.after.url.value !== undefined;
  const shown = hasAfter ? original.value : 1;
  return (
    <div class="stage">
      <div class="stage-room" ref={room} style={{ aspectRatio: `${width} / ${height}` }}>
        <div
          class="stage-scroll"
          ref={scroll}
          onScroll={onScroll}
          tabIndex={zoom.value > 1 ? 0 : undefined}
          role="region"
          aria-label={t.photo.heading}
        >
          {scale > 0 && (
            <div class="canvas" style={{ width: `${width * scale}px`, height: `${height * scale}px` }}>
              {photo.before.url.value && <img src={photo.before.url.value} alt={t.photo.pictureAlt} />}
              {photo.after.url.value && (
                <img
                  src={photo.after.url.value}
                  alt={t.photo.resultAlt}
                  data-testid="after"
                  style={{ clipPath: `inset(0 0 0 ${shown * 100}%)` }}
                />
              )}
              {hasAfter && shown > 0 && shown < 1 && (
                <div class="divider" style={{ left: `${shown * 100}%` }} />
              )}
              <RegionLayer photo={photo} tool={tool} scale={scale} helpId={helpId} />
            </div>
          )}
        </div>
      </div>
      <p id={helpId} class="unseen">
        {t.photo.editorHelp}
      </p>
      <Compare original={original} width={width * fit} />
      <p class="stage-state" role="status">
        {stateWords(photo)}
        {photo.hasFailed.value && (
          <button type="button" class="link-button" onClick={() => photo.retry()}>
            {t.photo.retry}
          </button>
        )}
      </p>
    </div>
  );
}

/** Keeps the middle of the picture in the middle when zooming, or brings the selected region there. */
function useCentre(photo: PhotoEditor, zoom: Signal<number>) {
  const scroll = useRef<HTMLDivElement>(null);
  const centre = useRef<Point>([0.5, 0.5]);
  useLayoutEffect(() => {
    const { width, height } = photo.view.value;
    const selected = photo.regions.peek().list.find(({ key }) => key === photo.selected.peek());
    if (selected) {
      const [x, y] = middleOf(selected.polygon);
      centre.current = [x / width, y / height];
    }
    const [x, y] = centre.current;
    const { scrollWidth = 0, scrollHeight = 0, clientWidth = 0, clientHeight = 0 } = scroll.current ?? {};
    scroll.current?.scrollTo(x * scrollWidth - clientWidth / 2, y * scrollHeight - clientHeight / 2);
  }, [zoom.value]);
  const onScroll = ({ currentTarget: place }: { currentTarget: HTMLDivElement }) => {
    centre.current = [
      (place.scrollLeft + place.clientWidth / 2) / place.scrollWidth,
      (place.scrollTop + place.clientHeight / 2) / place.scrollHeight,
    ];
  };
  return { scroll, onScroll };
}

interface CompareProps {
  readonly original: Signal<number>;
  /** Width of the picture on the screen before zooming: the slider is below the line that it moves. */
  readonly width: number;
}

function Compare({ original, width }: CompareProps) {
  return (
    <label class="compare" style={{ width: `${width}px` }}>
      <span class="unseen">{t.photo.compare}</span>
      <input
        type="range"
        min="0"
        max="100"
        value={Math.round(original.value * 100)}
        aria-valuetext={t.photo.compareValue(percent(original.value, locale))}
        data-testid="compare"
        onInput={(event) => {
          original.value = Number(event.currentTarget.value) / 100;
        }}
      />
      <span class="compare-ends" aria-hidden="true">
        <span>{t.photo.compareResult}</span>
        <span>{t.photo.compareOriginal}</span>
      </span>
    </label>
  );
}

function stateWords(photo: PhotoEditor): string {
  if (photo.hasFailed.value) return t.photo.failed;
  if (photo.isUpdating.value || photo.after.isLoading.value) return t.photo.updating;
  return '';
}
