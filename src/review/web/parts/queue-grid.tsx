import { useEffect, useRef } from 'preact/hooks';
import type { QueueEntry } from '../../api.js';
import { percent } from '../../../words/percent.js';
import { current, currentSeq, shown, titleOf } from '../state/queue.js';
import { locale, t } from '../strings/index.js';
import { NoPicture, QueuePicture } from './queue-picture.js';

/** Who decided what, or that nobody has yet. */
export function stateWords({ state, reviewer }: QueueEntry): string {
  const words = t.queue.states[state];
  return state === 'review' || reviewer === undefined ? words : t.queue.by(words, reviewer);
}

/** The mark of a photo that a person let out for others than the run was for. */
export function LaxerBadge({ entry }: { entry: QueueEntry }) {
  return (
    <span class="badge badge-laxer" data-testid="laxer-badge">
      {t.run.badge(t.settings.destinations[entry.destination])}
    </span>
  );
}

/** All photos that the filters let through; one of them is the current one, on which the keys act. */
export function QueueGrid({ onOpen }: { onOpen: () => void }) {
  const grid = useRef<HTMLUListElement>(null);
  const seq = current.value?.seq;
  useEffect(() => {
    const card = grid.current?.querySelector<HTMLElement>(`[data-seq="${seq}"]`);
    card?.scrollIntoView({ block: 'nearest' });
    // Focus moves only if it is in the grid, or was lost with a photo that left the grid.
    const { activeElement } = document;
    if (grid.current?.contains(activeElement) || activeElement === document.body) {
      card?.focus({ preventScroll: true });
    }
  }, [seq]);
  return (
    <ul class="queue-grid" ref={grid} aria-label={t.queue.list}>
      {shown.value.map((entry) => (
        <Card key={entry.seq} entry={entry} isCurrent={entry.seq === seq} onOpen={onOpen} />
      ))}
    </ul>
  );
}

interface CardProps {
  readonly entry: QueueEntry;
  readonly isCurrent: boolean;
  readonly onOpen: () => void;
}

function Card({ entry, isCurrent, onOpen }: CardProps) {
  const { seq, state, kinds, risk, most } = entry;
  const kindWords = kinds.map((kind) => t.kinds[kind]).join(', ');
  const riskWords = risk === undefined ? '' : t.queue.riskOf(percent(risk, locale, most));
  return (
    <li>
      <button
        type="button"
        class={`queue-card state-${state}`}
        tabIndex={isCurrent ? 0 : -1}
        aria-current={isCurrent}
        data-seq={seq}
        data-state={state}
        data-testid="queue-card"
        onClick={() => {
          currentSeq.value = seq;
          onOpen();
        }}
        onFocus={() => {
          currentSeq.value = seq;
        }}
      >
        {entry.width > 0 ? <QueuePicture seq={seq} which="outlined" alt="" /> : <NoPicture />}
        <span class="queue-card-words">
          <strong class="queue-name">{titleOf(entry)}</strong>
          {riskWords !== '' && <span class="soft">{riskWords}</span>}
          {kindWords !== '' && <span class="soft">{kindWords}</span>}
          <span class={`badge badge-${state}`}>{stateWords(entry)}</span>
          {entry.isLaxerThanRun && <LaxerBadge entry={entry} />}
        </span>
      </button>
    </li>
  );
}
