import { percent } from '../../../words/percent.js';
import { isOpening, nextPhoto, toStart } from '../state/app.js';
import { waiting } from '../state/line.js';
import { start } from '../state/notices.js';
import type { PhotoEditor } from '../state/photo-editor.js';
import type { Saving } from '../state/saving.js';
import { locale, t } from '../strings/index.js';
import { Icon } from './icon.js';

/** The main button, and how far saving has come. */
export function SaveBar({ photo, saving }: { photo: PhotoEditor; saving: Saving }) {
  const step = saving.step.value;
  const { state } = photo.view.value;
  const risk = photo.risk.value;
  const isQuick = state === 'quick';
  const isChecking = step.at === 'checking';
  const isSaved = step.at === 'saved' && step.edit === JSON.stringify(photo.edit);
  const isLow = risk.after <= risk.most;
  const audience = t.settings.destinations[photo.settings.value.destination];
  return (
    <div class="save-bar">
      <div class="save-state" role="status" data-testid="save-state">
        {isSaved && (
          <div class="saved">
            <Icon name="check" />
            <span>
              <strong>{t.save.saved(step.name)}</strong>
              <span class="soft">{t.work.saved.where}</span>
              <span class="soft">{t.save.savedHint}</span>
              <button
                type="button"
                class="button button-main"
                data-testid="next-photo"
                onClick={() => (waiting.value > 0 ? start(nextPhoto()) : toStart())}
              >
                {nextWords()}
              </button>
            </span>
          </div>
        )}
        {isChecking && <p class="soft">{t.save.checkingHint}</p>}
      </div>
      {/* Screen readers are told the same where the risk stands. */}
      {!isQuick && (
        <p class={isLow ? 'save-risk is-low' : 'save-risk is-high'} aria-hidden="true" data-testid="verdict">
          <Icon name={isLow ? 'check' : 'warn'} />
          <span class="save-share">{percent(risk.after, locale, risk.most)}</span>
          <span>{isLow ? t.risk.low(audience) : t.risk.high(audience)}</span>
        </p>
      )}
      <div class="save-row">
        <button
          type="button"
          class={isSaved ? 'button button-large' : 'button button-main button-large'}
          aria-disabled={isQuick || isChecking}
          data-testid="save"
          onClick={() => {
            if (!isQuick) start(saving.begin());
          }}
        >
          {buttonWords(photo, isQuick, isChecking)}
        </button>
      </div>
    </div>
  );
}

function nextWords(): string {
  if (isOpening.value) return t.start.opening;
  return waiting.value > 0 ? t.work.line.next : t.work.line.another;
}

function buttonWords(photo: PhotoEditor, isQuick: boolean, isChecking: boolean): string {
  if (isQuick) return t.save.waiting;
  if (isChecking) return t.save.checking;
  return photo.entry ? t.save.accept : t.save.button;
}
