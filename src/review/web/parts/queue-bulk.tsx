import { signal, useSignal } from '@preact/signals';
import type { Override, QueueEntry } from '../../api.js';
import { percent } from '../../../words/percent.js';
import { hidesMost } from '../model/hides-most.js';
import { reasonName } from '../../../words/reason-names.js';
import { languageOfReason } from '../model/language-of-reason.js';
import { start } from '../state/notices.js';
import { acceptAll, titleOf } from '../state/queue.js';
import { locale, speaker, t } from '../strings/index.js';
import { Modal } from './modal.js';
import { OverrideForm } from './override-form.js';
import { QueuePicture } from './queue-picture.js';

/** The photos that are to be accepted together; undefined when nobody asked for it. */
export const bulk = signal<readonly QueueEntry[] | undefined>(undefined);

/** Shows photos that wait for the same reasons, to be looked at and accepted together. */
export function BulkDialog() {
  return bulk.value ? <Bulk key={bulk.value[0]?.seq} entries={bulk.value} /> : null;
}

function Bulk({ entries }: { entries: readonly QueueEntry[] }) {
  const left = useSignal<ReadonlySet<number>>(new Set());
  const hasLooked = useSignal(false);
  const done = useSignal<number | undefined>(undefined);
  const chosen = entries.filter(({ seq }) => !left.value.has(seq));
  const [first] = entries;
  const needsReason = first?.asks === 'reason';
  const isBusy = done.value !== undefined;
  const close = () => {
    bulk.value = undefined;
  };
  const accept = (override?: Override) => {
    if (isBusy || chosen.length === 0) return;
    done.value = 0;
    const work = acceptAll(chosen, override, (count) => {
      done.value = count;
    });
    start(work.finally(close));
  };
  // Where most is covered, to let it out is not what a person should do first.
  const isHardlySeen = hidesMost(first?.reasons ?? []);
  const classOf = (isMain: boolean) => (isMain ? 'button button-main' : 'button');
  const accepting = !needsReason && (
    <button
      key="accept"
      type="button"
      class={classOf(!isHardlySeen)}
      disabled={!hasLooked.value || isBusy || chosen.length === 0}
      data-testid="bulk-accept"
      onClick={() => accept()}
    >
      {t.bulk.accept(chosen.length)}
    </button>
  );
  const cancel = (
    <button key="cancel" type="button" class={classOf(isHardlySeen)} onClick={close}>
      {t.cancel}
    </button>
  );
  return (
    <Modal title={t.bulk.title(entries.length)} testId="bulk-dialog" isWide onClose={close}>
      <ul class="plain-list">
        {[...new Set(first?.reasons.map((reason) => reasonName(reason, t.reasonNames, speaker)))].map(
          (name) => (
            <li key={name} lang={first?.reasons.some((each) => languageOfReason(each)) ? 'en' : undefined}>
              {name}
            </li>
          ),
        )}
      </ul>
      <p>{t.bulk.look}</p>
      <ul class="bulk-grid" aria-label={t.queue.list}>
        {entries.map((entry) => (
          <li key={entry.seq}>
            <label class="bulk-card">
              <QueuePicture seq={entry.seq} which="picture" alt={t.queue.pictureAlt(titleOf(entry))} />
              <span class="bulk-words">
                <input
                  type="checkbox"
                  checked={!left.value.has(entry.seq)}
                  disabled={isBusy}
                  data-testid="bulk-one"
                  onChange={({ currentTarget: { checked } }) => {
                    const others = [...left.value].filter((seq) => seq !== entry.seq);
                    left.value = new Set(checked ? others : [...others, entry.seq]);
                  }}
                />
                <span class="queue-name">{titleOf(entry)}</span>
                {entry.risk !== undefined && (
                  <span class="soft">{percent(entry.risk, locale, entry.most)}</span>
                )}
              </span>
            </label>
          </li>
        ))}
      </ul>
      <label class="tick">
        <input
          type="checkbox"
          checked={hasLooked.value}
          data-testid="bulk-looked"
          onChange={({ currentTarget: { checked } }) => {
            hasLooked.value = checked;
          }}
        />
        <span>{t.bulk.looked}</span>
      </label>
      <p role="status">{isBusy && t.bulk.progress(done.value ?? 0, chosen.length)}</p>
      <div class="modal-actions">{isHardlySeen ? [cancel, accepting] : [accepting, cancel]}</div>
      {needsReason && hasLooked.value && <OverrideForm isAccepting isBusy={isBusy} onOverride={accept} />}
    </Modal>
  );
}
