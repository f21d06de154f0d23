import { signal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { QueueEntry } from '../../api.js';
import { titleOf } from '../state/queue.js';
import { locale, t } from '../strings/index.js';
import { Icon } from './icon.js';
import { QueuePicture } from './queue-picture.js';

/** Whether the original stands beside the result; stays so from photo to photo. */
export const isComparing = signal(false);
/** How many times larger than its frame a picture is shown. */
export const zoom = signal(1);
const MOST_ZOOM = 8;

/** Makes the pictures larger or smaller. */
export function zoomBy(factor: number): void {
  zoom.value = Math.min(MOST_ZOOM, Math.max(1, zoom.value * factor));
}

/** The written photo, on demand beside the original; both are enlarged and scrolled together. */
export function QueueFigures({ entry }: { entry: QueueEntry }) {
  const figures = useRef<HTMLDivElement>(null);
  const name = titleOf(entry);
  const hasResult = entry.width > 0;
  const hasOriginal = isComparing.value || !hasResult;
  const follow = (event: Event) => {
    const moved = event.currentTarget as HTMLElement;
    for (const other of figures.current?.querySelectorAll<HTMLElement>('.figure-frame') ?? []) {
      if (other === moved) continue;
      // By shares: a crop or a smaller copy has other sizes.
      other.scrollLeft = shareOf(
        moved.scrollLeft,
        moved.scrollWidth - moved.clientWidth,
        other.scrollWidth - other.clientWidth,
      );
      other.scrollTop = shareOf(
        moved.scrollTop,
        moved.scrollHeight - moved.clientHeight,
        other.scrollHeight - other.clientHeight,
      );
    }
  };
  const figure = (which: 'original' | 'picture', words: string, alt: string) => (
    <figure key={which}>
      <div
        class="figure-frame"
        tabIndex={0}
        role="group"
        aria-label={words}
        data-zoom={zoom.value}
        data-testid={`figure-${which}`}
        onScroll={follow}
      >
        <QueuePicture key={entry.seq} seq={entry.seq} which={which} alt={alt} />
      </div>
      <figcaption class="soft">{words}</figcaption>
    </figure>
  );
  return (
    <div class="figures-card">
      <div class={hasOriginal && hasResult ? 'figures is-two' : 'figures'} ref={figures}>
        {hasOriginal && figure('original', t.queue.original, t.queue.originalAlt(name))}
        {hasResult && figure('picture', t.queue.result, t.queue.pictureAlt(name))}
      </div>
      <div class="figure-tools">
        {hasResult && (
          <button
            type="button"
            class="button"
            aria-pressed={isComparing.value}
            data-testid="compare"
            onClick={() => {
              isComparing.value = !isComparing.value;
            }}
          >
            <Icon name="photo" />
            <span>{t.queue.compare}</span>
          </button>
        )}
        <button
          type="button"
          class="icon-button"
          aria-label={t.photo.zoomOut}
          aria-disabled={zoom.value <= 1}
          data-testid="zoom-out"
          onClick={() => zoomBy(1 / 2)}
        >
          <Icon name="minus" />
        </button>
        <span class="soft" role="status">
          {new Intl.NumberFormat(locale, { style: 'percent' }).format(zoom.value)}
        </span>
        <button
          type="button"
          class="icon-button"
          aria-label={t.photo.zoomIn}
          aria-disabled={zoom.value >= MOST_ZOOM}
          data-testid="zoom-in"
          onClick={() => zoomBy(2)}
        >
          <Icon name="plus" />
        </button>
      </div>
    </div>
  );
}

function shareOf(at: number, of: number, other: number): number {
  return of <= 0 ? 0 : (at / of) * other;
}
