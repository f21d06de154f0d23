import type { Signal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { sheetsOf, STRIP_CELL, type Strip } from '../../api.js';
import { Picture } from '../state/picture.js';
import { t } from '../strings/index.js';
import { Icon } from './icon.js';

interface FrameStripProps {
  readonly strip: Strip;
  /** The sheet that is shown, from 0. */
  readonly at: Signal<number>;
  /** Sheets that were shown; absent where nothing depends on it. */
  readonly looked?: ReadonlySet<number>;
  /** Fetches the picture of all frames; the same function each time. */
  readonly fetchStrip: (signal: AbortSignal) => Promise<Blob>;
}

/** All frames or pages in a row, to choose the one that is shown; where they have to be looked at, how many were. */
export function FrameStrip({ strip, at, looked, fetchStrip }: FrameStripProps) {
  const list = useRef<HTMLUListElement>(null);
  const small = useMemo(() => new Picture(fetchStrip), [fetchStrip]);
  useEffect(() => {
    small.load(0);
    return () => small.close();
  }, [small]);
  const sheets = sheetsOf(strip);
  const choose = (sheet: number, isFocused: boolean) => {
    at.value = Math.min(Math.max(sheet, 0), sheets - 1);
    const button = list.current?.querySelectorAll('button')[at.value];
    if (isFocused) button?.focus({ preventScroll: true });
  };
  useEffect(() => {
    list.current?.children[at.value]?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [at.value]);
  const onKeyDown = (event: KeyboardEvent) => {
    const to = stepOf(event.key, at.value, sheets);
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    // In the queue, the same keys go from photo to photo.
    event.stopPropagation();
    event.preventDefault();
    choose(to, true);
  };
  return (
    <div class="strip" role="group" aria-label={t.frames.name(strip)} data-testid="strip">
      <p class="strip-words" role="status" data-testid="strip-count">
        {looked ? t.frames.looked(looked.size, sheets, strip) : t.frames.nameOf(strip, at.value)}
      </p>
      <ul class="strip-row" ref={list} onKeyDown={onKeyDown}>
        {Array.from({ length: sheets }, (_, sheet) => (
          <li key={sheet}>
            <button
              type="button"
              class="strip-cell"
              tabIndex={sheet === at.value ? 0 : -1}
              aria-current={sheet === at.value}
              aria-label={nameFor(strip, sheet, looked)}
              data-testid="strip-cell"
              data-looked={looked?.has(sheet)}
              onClick={() => choose(sheet, false)}
            >
              <span class="strip-picture">
                {small.url.value && (
                  <img
                    src={small.url.value}
                    alt=""
                    style={{ objectPosition: `-${sheet * strip.perSheet * STRIP_CELL.width}px 0` }}
                  />
                )}
              </span>
              <span class="strip-number">
                {t.frames.numbers(strip, sheet)}
                {looked?.has(sheet) && <Icon name="check" />}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function nameFor(strip: Strip, sheet: number, looked?: ReadonlySet<number>): string {
  const name = t.frames.nameOf(strip, sheet);
  return looked?.has(sheet) ? t.frames.wasLooked(name) : name;
}

function stepOf(key: string, at: number, sheets: number): number | undefined {
  if (key === 'ArrowRight' || key === 'ArrowDown') return at + 1;
  if (key === 'ArrowLeft' || key === 'ArrowUp') return at - 1;
  if (key === 'Home') return 0;
  return key === 'End' ? sheets - 1 : undefined;
}
