import type { QueueEntry } from '../../api.js';
import { hidesMost } from '../model/hides-most.js';
import { languageOfReason } from '../model/language-of-reason.js';
import { percent } from '../../../words/percent.js';
import { isOpening, openEntry } from '../state/app.js';
import { start } from '../state/notices.js';
import { decide, equals, undoDecision } from '../state/queue.js';
import { locale, speaker, t } from '../strings/index.js';
import { EntryFrames } from './entry-frames.js';
import { Icon } from './icon.js';
import { bulk } from './queue-bulk.js';
import { QueueFigures } from './queue-figures.js';
import { LaxerBadge, stateWords } from './queue-grid.js';

/** One photo of the batch, large, with why it is here and what can be done about it. */
export function EntryDetail({ entry }: { entry: QueueEntry }) {
  const isSettled = entry.state === 'cleared' || entry.state === 'refused';
  return (
    <div class="detail" data-testid="detail" data-seq={entry.seq}>
      {!isSettled && <Actions entry={entry} />}
      {entry.strip ? (
        <EntryFrames key={entry.seq} seq={entry.seq} strip={entry.strip} />
      ) : (
        <QueueFigures entry={entry} />
      )}
      <div class="detail-words">
        <p class="detail-line">
          <span class="soft">{t.queue.name(entry.seq)}</span>
          <span class={`badge badge-${entry.state}`}>{stateWords(entry)}</span>
          {entry.isLaxerThanRun && <LaxerBadge entry={entry} />}
          {entry.risk !== undefined && <span>{t.queue.riskOf(percent(entry.risk, locale, entry.most))}</span>}
          <span class="soft">{entry.kinds.map((kind) => t.kinds[kind]).join(', ')}</span>
        </p>
        {!entry.canEdit && !isSettled && <p class="soft">{t.queue.cannotEdit}</p>}
        {entry.reasons.length > 0 && (
          <>
            <h3>{t.queue.why}</h3>
            <ul class="plain-list">
              {entry.reasons.map((reason, i) => (
                <li key={i} lang={languageOfReason(reason)}>
                  {speaker.say(reason)}
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </div>
  );
}

function Actions({ entry }: { entry: QueueEntry }) {
  if (entry.state !== 'review') {
    return (
      <div class="detail-actions">
        <button type="button" class="button" data-testid="undo" onClick={() => start(undoDecision(entry))}>
          <Icon name="undo" />
          <span>{t.queue.undo}</span>
        </button>
      </div>
    );
  }
  // Where most is covered, to let it out is not what a person should do first.
  const isHardlySeen = hidesMost(entry.reasons);
  const accept = (
    <button
      key="accept"
      type="button"
      class={isHardlySeen ? 'button' : 'button button-main'}
      data-testid="accept"
      onClick={() => start(decide(entry, 'accept'))}
    >
      <Icon name="check" />
      <span>{t.queue.accept}</span>
    </button>
  );
  const others = equals.value;
  return (
    <div class="detail-actions">
      {!isHardlySeen && accept}
      <button
        key="reject"
        type="button"
        class="button button-danger"
        data-testid="reject"
        onClick={() => start(decide(entry, 'reject'))}
      >
        <Icon name="close" />
        <span>{t.queue.reject}</span>
      </button>
      <button
        key="edit"
        type="button"
        class="button"
        disabled={!entry.canEdit || isOpening.value}
        data-testid="edit"
        onClick={() => start(openEntry(entry))}
      >
        <Icon name="edit" />
        <span>{t.queue.edit}</span>
      </button>
      {isHardlySeen && accept}
      {others.length > 1 && entry.asks !== 'never' && (
        <button
          key="bulk"
          type="button"
          class="button is-row"
          data-testid="bulk"
          onClick={() => {
            bulk.value = others;
          }}
        >
          {t.bulk.open(others.length)}
        </button>
      )}
    </div>
  );
}
