import { useSignal } from '@preact/signals';
import { useId, useRef } from 'preact/hooks';
import { LEAST_REASON, type Override, type ReasonView } from '../../api.js';
import { entryOf } from '../model/entry-of.js';
import { api } from '../state/api-client.js';
import { start } from '../state/notices.js';
import { t } from '../strings/index.js';

interface OverrideFormProps {
  /** Whether a photo of a batch is being accepted, rather than a single one saved. */
  readonly isAccepting: boolean;
  readonly isBusy: boolean;
  readonly onOverride: (override: Override) => void;
}

/** Lets a photo pass against the gate: only with a typed reason, which names nobody unless confirmed. */
export function OverrideForm({ isAccepting, isBusy, onOverride }: OverrideFormProps) {
  const reason = useSignal('');
  /** The parts of the reason that lead to somebody; empty until the server was asked. */
  const found = useSignal<ReasonView['found']>([]);
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const typed = reason.value.trim();
  const isEnough = typed.length >= LEAST_REASON;
  const give = async () => {
    const answer = await api.reason(typed);
    // The text has changed since: it will be checked when it is submitted.
    if (reason.value.trim() !== typed) return;
    found.value = answer.found;
    if (answer.found.length === 0) onOverride({ overrideReason: typed });
  };
  return (
    <details class="more override">
      <summary data-testid="override">{isAccepting ? t.save.overrideAccept : t.save.override}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isEnough && !isBusy) start(give());
        }}
      >
        <label for={id}>{t.save.overrideLabel}</label>
        <textarea
          id={id}
          ref={field}
          rows={2}
          maxLength={1000}
          value={reason.value}
          aria-describedby={`${id}-needed`}
          data-testid="override-reason"
          onInput={(event) => {
            reason.value = event.currentTarget.value;
            found.value = [];
          }}
        />
        <p class="soft" id={`${id}-needed`}>
          {t.save.overrideNeeded(LEAST_REASON)}
        </p>
        <div role="alert" data-testid="reason-found">
          {found.value.length > 0 && (
            <>
              <p class="caption-found">{t.save.reasonFound}</p>
              <ul class="plain-list">
                {found.value.map(({ class: what, start: from, length }) => (
                  <li key={from}>
                    {t.caption.select(
                      entryOf(t.caption.classes, what) ?? '',
                      typed.slice(from, from + length),
                    )}
                  </li>
                ))}
              </ul>
            </>
          )}
        </div>
        {found.value.length > 0 ? (
          <div class="modal-actions">
            <button
              type="button"
              class="button button-main"
              data-testid="reason-change"
              onClick={() => field.current?.focus()}
            >
              {t.save.reasonChange}
            </button>
            <button
              type="button"
              class="button button-danger"
              disabled={isBusy}
              data-testid="reason-confirm"
              onClick={() => onOverride({ overrideReason: typed, reasonConfirmed: true })}
            >
              {t.save.reasonConfirm}
            </button>
          </div>
        ) : (
          <button
            type="submit"
            class="button button-danger"
            disabled={!isEnough || isBusy}
            data-testid="override-save"
          >
            {isAccepting ? t.save.overrideButtonAccept : t.save.overrideButton}
          </button>
        )}
      </form>
    </details>
  );
}
