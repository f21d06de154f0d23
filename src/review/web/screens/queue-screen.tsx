import { useSignal, type Signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { EntryDetail } from '../parts/entry-detail.js';
import { Icon } from '../parts/icon.js';
import { Modal } from '../parts/modal.js';
import { PageHead } from '../parts/page-head.js';
import { KeysDialog } from '../parts/queue-dialogs.js';
import { bulk, BulkDialog } from '../parts/queue-bulk.js';
import { isComparing, zoomBy } from '../parts/queue-figures.js';
import { QueueFilters } from '../parts/queue-filters.js';
import { QueueGrid } from '../parts/queue-grid.js';
import { openEntry, toStart } from '../state/app.js';
import { start } from '../state/notices.js';
import {
  current,
  decide,
  equals,
  filter,
  progress,
  queue,
  shown,
  step,
  titleOf,
  undoDecision,
} from '../state/queue.js';
import { t } from '../strings/index.js';

/** In a narrower window there is no room beside the grid: the chosen photo opens over it. */
const BESIDE = '(min-width: 900px)';

/** The review queue of a batch. */
export function QueueScreen() {
  const isHelp = useSignal(false);
  const isOpen = useSignal(false);
  const isBeside = useMedia(BESIDE);
  const onKeyDown = useQueueKeys(isHelp);
  const entry = current.value;
  const { done, all } = progress.value;
  return (
    <>
      <PageHead>
        <button
          type="button"
          class="button needs-keyboard"
          data-testid="keys"
          onClick={() => {
            isHelp.value = true;
          }}
        >
          <Icon name="help" />
          <span>{t.queue.help}</span>
        </button>
        <button type="button" class="button" data-testid="to-start" onClick={toStart}>
          <Icon name="photo" />
          <span>{t.queue.open}</span>
        </button>
      </PageHead>
      <main class="queue" onKeyDown={onKeyDown} data-testid="queue">
        <div class="queue-top">
          <div class="queue-title">
            <h1>{t.queue.heading}</h1>
            <p class="soft" data-testid="counts">
              {queue.value && t.queue.counts(...countsOf())}
            </p>
          </div>
          <div class="progress">
            <p role="status" data-testid="progress">
              {t.queue.progress(done, all)}
            </p>
            <progress max={Math.max(all, 1)} value={done} aria-label={t.queue.progress(done, all)} />
          </div>
          <QueueFilters />
        </div>
        <div class={isComparing.value ? 'queue-body is-comparing' : 'queue-body'}>
          <div class="queue-list">
            <Empty />
            <QueueGrid
              onOpen={() => {
                isOpen.value = true;
              }}
            />
          </div>
          {entry && isBeside.value && (
            <section class="queue-aside" aria-label={t.queue.details}>
              <h2 class="queue-name">{titleOf(entry)}</h2>
              <EntryDetail entry={entry} />
            </section>
          )}
        </div>
      </main>
      {entry && !isBeside.value && isOpen.value && (
        <Modal
          title={titleOf(entry)}
          testId="detail-dialog"
          isWide
          onClose={() => {
            isOpen.value = false;
          }}
        >
          <EntryDetail entry={entry} />
        </Modal>
      )}
      <BulkDialog />
      {isHelp.value && (
        <KeysDialog
          onClose={() => {
            isHelp.value = false;
          }}
        />
      )}
    </>
  );
}

function countsOf(): [number, number, number] {
  const { cleared = 0, review = 0, refused = 0 } = queue.value?.counts ?? {};
  return [cleared, review, refused];
}

function Empty() {
  if (!queue.value || shown.value.length > 0) return null;
  const isFiltered = Object.values(filter.value).some((value) => value !== undefined);
  return (
    <div class="empty">
      <p>{isFiltered ? t.queue.emptyFilter : t.queue.empty}</p>
      {isFiltered && (
        <button
          type="button"
          class="button"
          onClick={() => {
            filter.value = {};
          }}
        >
          {t.queue.reset}
        </button>
      )}
    </div>
  );
}

/** Letters act only while the focus is in the queue, so that speech input and the browser's own keys keep working. */
function useQueueKeys(isHelp: Signal<boolean>): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { target } = event;
    if (target instanceof HTMLSelectElement || target instanceof HTMLInputElement) return;
    // Arrows scroll an enlarged picture.
    if (target instanceof HTMLElement && target.matches('.figure-frame') && event.key.startsWith('Arrow'))
      return;
    const entry = current.value;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key === 'j' || key === 'ArrowRight') step(1);
    else if (key === 'k' || key === 'ArrowLeft') step(-1);
    else if (key === 'ArrowDown') step(columns());
    else if (key === 'ArrowUp') step(-columns());
    else if (key === 'c') isComparing.value = !isComparing.value;
    else if (key === '+' || key === '=') zoomBy(2);
    else if (key === '-') zoomBy(1 / 2);
    else if (key === 'b' && equals.value.length > 1 && entry?.asks !== 'never') bulk.value = equals.value;
    else if (key === 'a' && entry) start(decide(entry, 'accept'));
    else if (key === 'r' && entry) start(decide(entry, 'reject'));
    else if (key === 'e' && entry?.canEdit && entry.state === 'review') start(openEntry(entry));
    else if (key === 'u') start(undoDecision());
    else if (key === '?') isHelp.value = true;
    else return;
    event.preventDefault();
  };
}

/** How many photos stand side by side just now. */
function columns(): number {
  const cards = [...document.querySelectorAll<HTMLElement>('.queue-card')];
  const top = cards[0]?.offsetTop;
  return Math.max(1, cards.filter((card) => card.offsetTop === top).length);
}

function useMedia(query: string): Signal<boolean> {
  const matches = useSignal(matchMedia(query).matches);
  const list = useRef(matchMedia(query));
  useEffect(() => {
    const watched = list.current;
    const onChange = () => {
      matches.value = watched.matches;
    };
    watched.addEventListener('change', onChange);
    return () => watched.removeEventListener('change', onChange);
  }, []);
  return matches;
}
