import { t } from '../strings/index.js';
import { notice, whisper } from '../state/notices.js';
import { Icon } from './icon.js';

/** Shows what went wrong or should be known; screen readers speak it when it appears. */
export function NoticeBar() {
  return (
    <>
      <div class="notice-place" role="status" data-testid="notice">
        <NoticeCard />
      </div>
      <div class="unseen" aria-live="polite">
        {whisper.value}
      </div>
    </>
  );
}

/** The same inside a dialog, which lies over everything else. */
export function NoticeInDialog() {
  return (
    <div role="status" data-testid="dialog-notice">
      <NoticeCard />
    </div>
  );
}

function NoticeCard() {
  const shown = notice.value;
  if (!shown) return null;
  return (
    <div class={`notice notice-${shown.tone}`}>
      <Icon name={shown.tone === 'error' ? 'warn' : 'check'} />
      <p>{shown.text}</p>
      <button
        type="button"
        class="icon-button"
        aria-label={t.dismiss}
        onClick={() => {
          notice.value = undefined;
        }}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}
