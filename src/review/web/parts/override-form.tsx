import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { LEAST_REASON } from '../../api.js';
import { t } from '../strings/index.js';

interface OverrideFormProps {
  /** Of a batch: accepting instead of saving. */
  readonly isAccepting: boolean;
  readonly isBusy: boolean;
  readonly onOverride: (reason: string) => void;
}

/** Letting a photo pass against the gate: only with a reason that a person types. */
export function OverrideForm({ isAccepting, isBusy, onOverride }: OverrideFormProps) {
  const reason = useSignal('');
  const id = useId();
  const isEnough = reason.value.trim().length >= LEAST_REASON;
  return (
    <details class="more override">
      <summary data-testid="override">{isAccepting ? t.save.overrideAccept : t.save.override}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isEnough && !isBusy) onOverride(reason.value.trim());
        }}
      >
        <label for={id}>{t.save.overrideLabel}</label>
        <textarea
          id={id}
          rows={2}
          maxLength={1000}
          value={reason.value}
          aria-describedby={`${id}-needed`}
          data-testid="override-reason"
          onInput={(event) => {
            reason.value = event.currentTarget.value;
          }}
        />
        <p class="soft" id={`${id}-needed`}>
          {t.save.overrideNeeded(LEAST_REASON)}
        </p>
        <button
          type="submit"
          class="button button-danger"
          disabled={!isEnough || isBusy}
          data-testid="override-save"
        >
          {isAccepting ? t.save.overrideButtonAccept : t.save.overrideButton}
        </button>
      </form>
    </details>
  );
}
