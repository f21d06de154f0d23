import { answerLeaving, leaving } from '../state/leaving.js';
import { t } from '../strings/index.js';
import { Modal } from './modal.js';

/** Asks before work is lost: when a photo with changes is left, or when another one comes while it is open. */
export function LeaveDialog() {
  const asked = leaving.value;
  if (!asked) return null;
  const { count } = asked;
  const words = count === undefined ? t.work.leave : t.work.dropped;
  return (
    <Modal title={words.title} testId="leave-dialog" onClose={() => answerLeaving('stay')}>
      <p>{count === undefined ? t.work.leave.text : t.work.dropped.text(count)}</p>
      <div class="modal-actions">
        {count === undefined ? (
          <Answer id="stay" isMain words={t.work.leave.stay} />
        ) : (
          <Answer id="later" isMain words={t.work.dropped.later} />
        )}
        <Answer id="go" words={count === undefined ? t.work.leave.go : t.work.dropped.now} />
        {count !== undefined && <Answer id="stay" words={t.cancel} />}
      </div>
    </Modal>
  );
}

interface AnswerProps {
  readonly id: 'stay' | 'later' | 'go';
  readonly words: string;
  readonly isMain?: boolean;
}

function Answer({ id, words, isMain = false }: AnswerProps) {
  const tone = isMain ? 'button-main' : id === 'go' ? 'button-danger' : '';
  return (
    <button
      type="button"
      class={`button ${tone}`}
      autofocus={isMain}
      data-testid={`leave-${id}`}
      onClick={() => answerLeaving(id)}
    >
      {words}
    </button>
  );
}
