import { useSignal } from '@preact/signals';
import { openEntry } from '../state/app.js';
import { start } from '../state/notices.js';
import { blocked, decide, initialsWanted, titleOf } from '../state/queue.js';
import { languageOfReason } from '../model/language-of-reason.js';
import { locale, speaker, t } from '../strings/index.js';
import { Modal } from './modal.js';
import { OverrideForm } from './override-form.js';

/** Asks the reviewer for initials when a decision needs them. */
export function InitialsDialog() {
  const initials = useSignal('');
  const isWrong = useSignal(false);
  const answer = initialsWanted.value;
  if (!answer) return null;
  return (
    <Modal title={t.initials.title} testId="initials-dialog" onClose={() => answer(undefined)}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const given = initials.value.trim();
          isWrong.value = !/^\p{L}{1,4}$/u.test(given);
          if (!isWrong.value) answer(given.toLocaleUpperCase(locale));
        }}
      >
        <p id="initials-text">{t.initials.text}</p>
        <label for="initials">{t.initials.label}</label>
        <input
          id="initials"
          class="initials"
          maxLength={4}
          autocomplete="off"
          autofocus
          value={initials.value}
          aria-invalid={isWrong.value}
          aria-describedby={isWrong.value ? 'initials-text initials-wrong' : 'initials-text'}
          data-testid="initials"
          onInput={(event) => {
            initials.value = event.currentTarget.value;
          }}
        />
        <p id="initials-wrong" class="wrong" role="alert">
          {isWrong.value && t.initials.wrong}
        </p>
        <div class="modal-actions">
          <button type="submit" class="button button-main" data-testid="initials-ok">
            {t.initials.button}
          </button>
          <button type="button" class="button" onClick={() => answer(undefined)}>
            {t.cancel}
          </button>
        </div>
      </form>
    </Modal>
  );
}

/** Says why a photo is not accepted as it is, and takes a reason for accepting it all the same. */
export function NotAcceptedDialog() {
  const entry = blocked.value;
  if (!entry) return null;
  const close = () => {
    blocked.value = undefined;
  };
  return (
    <Modal title={t.queue.blockedTitle(titleOf(entry))} testId="blocked-dialog" onClose={close}>
      <h3>{t.save.whyTitle}</h3>
      <ul class="plain-list">
        {entry.reasons.map((reason, i) => (
          <li key={i} lang={languageOfReason(reason)}>
            {speaker.say(reason)}
          </li>
        ))}
      </ul>
      <div class="modal-actions">
        <button
          type="button"
          class="button button-main"
          data-testid="go-back"
          onClick={() => {
            close();
            if (entry.canEdit) start(openEntry(entry));
          }}
        >
          {entry.canEdit ? t.queue.edit : t.close}
        </button>
      </div>
      {entry.asks === 'never' ? (
        <p>{t.save.noOverride}</p>
      ) : (
        <OverrideForm
          isAccepting
          isBusy={false}
          onOverride={(override) => {
            close();
            start(decide(entry, 'accept', override));
          }}
        />
      )}
    </Modal>
  );
}

/** Which key does what. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  const { keys } = t.queue;
  const rows = [
    ['J', keys.next],
    ['K', keys.previous],
    [t.queue.arrows, `${keys.next} / ${keys.previous}`],
    ['A', keys.accept],
    ['R', keys.reject],
    ['E', keys.edit],
    ['U', keys.undo],
    ['B', keys.bulk],
    ['C', keys.compare],
    ['+ −', keys.zoom],
    ['?', keys.help],
  ] as const;
  return (
    <Modal title={keys.title} testId="keys-dialog" onClose={onClose}>
      <dl class="keys">
        {rows.map(([key, words]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
