import { leaveFor, nextPhoto } from '../state/app.js';
import { line, place, waiting } from '../state/line.js';
import { start } from '../state/notices.js';
import { t } from '../strings/index.js';

/** How far several photos have come that were given at once, and what became of each; shows nothing for a single one. */
export function PhotoLine() {
  if (line.value.length < 2) return null;
  const at = place.value;
  const words = at ? t.work.line.place(at.at, at.all) : t.work.line.waiting(waiting.value);
  return (
    <div class="line" data-testid="line">
      <details class="more">
        <summary>{words}</summary>
        <ul class="line-list" aria-label={t.work.line.list}>
          {line.value.map(({ what, state }, i) => (
            <li key={i} data-state={state} data-testid="line-item">
              <span class="line-name">{what.name}</span>
              <span class="soft">{t.work.line.states[state]}</span>
            </li>
          ))}
        </ul>
      </details>
      {waiting.value > 0 && (
        <button
          type="button"
          class="button"
          data-testid="line-next"
          onClick={() => start(leaveFor(() => start(nextPhoto())))}
        >
          {at ? t.work.line.skip : t.work.line.goOn}
        </button>
      )}
    </div>
  );
}
