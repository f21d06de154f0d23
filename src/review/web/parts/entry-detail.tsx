import type { QueueEntry } from '../../api.js';
import { hidesMost } from '../model/hides-most.js';
import { languageOfReason } from '../model/reason-name.js';
import { percent } from '../../../words/percent.js';
import { isOpening, openEntry } from '../state/app.js';
import { start } from '../state/notices.js';
import { decide, undoDecision } from '../state/queue.js';
import { locale, speaker, t } from '../strings/index.js';
import { EntryFrames } from './entry-frames.js';
import { Icon } from './icon.js';
import { QueuePicture } from './queue-picture.js';
import { LaxerBadge, stateWords } from './queue-grid.js';

/** One photo of the batch, large, with why it is here and what can be done about it. */
export function EntryDetail({ entry }: { entry: QueueEntry }) {
  const name = t.queue.name(entry.seq);
  return (
    <div class="detail" data-testid="detail" data-seq={entry.seq}>
      <div class="detail-actions">
        {entry.state === 'review' ? (
          <>
            <button
              type="button"
              class={hidesMost(entry.reasons) ? 'button is-last' : 'button button-main'}
              data-testid="accept"
              onClick={() => start(decide(entry, 'accept'))}
            >
              <Icon name="check" />
              <span>{t.queue.accept}</span>
            </button>
            <button
              type="button"
              class="button button-danger"
              data-testid="reject"
              onClick={() => start(decide(entry, 'reject'))}
            >
              <Icon name="close" />
              <span>{t.queue.reject}</span>
            </button>
            <button
              type="button"
              class="button"
              disabled={!entry.canEdit || isOpening.value}
              data-testid="edit"
              onClick={() => start(openEntry(entry))}
            >
              <Icon name="edit" />
              <span>{t.queue.edit}</span>
            </button>
          </>
        ) : (
          <button type="button" class="button" data-testid="undo" onClick={() => start(undoDecision(entry))}>
            <Icon name="undo" />
            <span>{t.queue.undo}</span>
          </button>
        )}
      </div>
      {entry.strip ? (
        <EntryFrames key={entry.seq} seq={entry.seq} strip={entry.strip} />
      ) : (
        <QueuePicture key={entry.seq} seq={entry.seq} which="picture" alt={t.queue.pictureAlt(name)} />
      )}
      <div class="detail-words">
        <p class="detail-line">
          <span class={`badge badge-${entry.state}`}>{stateWords(entry)}</span>
          {entry.isLaxerThanRun && <LaxerBadge entry={entry} />}
          <span>{t.queue.riskOf(percent(entry.risk, locale, entry.most))}</span>
          <span class="soft">{entry.kinds.map((kind) => t.kinds[kind]).join(', ')}</span>
        </p>
        {!entry.canEdit && <p class="soft">{t.queue.cannotEdit}</p>}
        <h3>{t.queue.why}</h3>
        <ul class="plain-list">
          {entry.reasons.map((reason, i) => (
            <li key={i} lang={languageOfReason(reason)}>
              {speaker.say(reason)}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
