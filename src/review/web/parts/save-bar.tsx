import { percent } from '../../../words/percent.js';
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
  const isLow = risk.after <= risk.most;
  return (
    <div class="save-bar">
      <div class="save-state" role="status" data-testid="save-state">
        {step.at === 'saved' && step.edit === JSON.stringify(photo.edit) && (
          <p class="saved">
            <Icon name="check" />
            <span>
              <strong>{t.save.saved(step.name)}</strong>
              <span class="soft">{t.save.savedHint}</span>
            </span>
          </p>
        )}
        {isChecking && <p class="soft">{t.save.checkingHint}</p>}
      </div>
      <div class="save-row">
        {!isQuick && (
          <p class={isLow ? 'save-risk is-low' : 'save-risk is-high'} aria-hidden="true">
            <Icon name={isLow ? 'check' : 'warn'} />
            {percent(risk.after, locale, risk.most)}
          </p>
        )}
        <button
          type="button"
          class="button button-main button-large"
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

function buttonWords(photo: PhotoEditor, isQuick: boolean, isChecking: boolean): string {
  if (isQuick) return t.save.waiting;
  if (isChecking) return t.save.checking;
  return photo.entry ? t.save.accept : t.save.button;
}
