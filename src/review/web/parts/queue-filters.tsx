import { DETECTION_KINDS } from '../../../core/detection.js';
import { SORTS } from '../model/queue-filter.js';
import { percent } from '../../../words/percent.js';
import { reasonName } from '../../../words/reason-names.js';
import { choose, filter, limits, queue, shown, sort } from '../state/queue.js';
import { locale, speaker, t } from '../strings/index.js';

/** Narrows down the grid, and orders it. */
export function QueueFilters() {
  const { state, kind, reason, risk } = filter.value;
  return (
    <section class="filters" aria-label={t.queue.filters}>
      <Choice
        id="state"
        label={t.queue.state}
        value={state}
        options={STATES.map((each) => [each, t.queue.states[each]])}
        onChoose={(value) => choose({ state: STATES.find((each) => each === value) })}
      />
      <Choice
        id="kind"
        label={t.queue.kind}
        value={kind}
        options={DETECTION_KINDS.map((each) => [each, t.kinds[each]])}
        onChoose={(value) => choose({ kind: DETECTION_KINDS.find((each) => each === value) })}
      />
      <Choice
        id="reason"
        label={t.queue.reason}
        value={reason}
        options={sortsOfReasons()}
        onChoose={(value) => choose({ reason: value })}
      />
      <Choice
        id="risk"
        label={t.queue.risk}
        value={risk === undefined ? undefined : String(risk)}
        options={rangesOf(limits.value)}
        onChoose={(value) => choose({ risk: value === undefined ? undefined : Number(value) })}
      />
      <Choice
        id="sort"
        label={t.queue.sort}
        value={sort.value}
        options={SORTS.map((each) => [each, t.queue.sorts[each]])}
        isAlways
        onChoose={(value) => {
          sort.value = SORTS.find((each) => each === value) ?? 'seq';
        }}
      />
      <p class="soft" role="status" data-testid="shown-count">
        {t.queue.shown(shown.value.length)}
      </p>
    </section>
  );
}

const STATES = ['review', 'accepted', 'rejected', 'cleared', 'refused'] as const;

/** Between the limits of the destinations: that is where it is decided who may see a photo. */
function rangesOf(most: readonly number[]): (readonly [string, string])[] {
  const shares = most.map((each) => percent(each, locale));
  const words = shares.map((share, i) => t.queue.upTo(shares[i - 1], share));
  return [...words, t.queue.above(shares.at(-1) ?? '')].map((each, i) => [String(i), each]);
}

function sortsOfReasons(): (readonly [string, string])[] {
  const reasons = (queue.value?.entries ?? []).flatMap((entry) => entry.reasons);
  const names = new Set(reasons.map((reason) => reasonName(reason, t.reasonNames, speaker)));
  return [...names].sort((a, b) => a.localeCompare(b, locale)).map((name) => [name, name]);
}

interface ChoiceProps {
  readonly id: string;
  readonly label: string;
  readonly value: string | undefined;
  readonly options: readonly (readonly [id: string, words: string])[];
  /** Whether one of the options is always chosen. */
  readonly isAlways?: boolean;
  readonly onChoose: (id: string | undefined) => void;
}

function Choice({ id, label, value, options, isAlways = false, onChoose }: ChoiceProps) {
  return (
    <label class="filter">
      <span>{label}</span>
      <select
        value={value ?? ''}
        data-testid={`filter-${id}`}
        onChange={({ currentTarget }) =>
          onChoose(currentTarget.value === '' ? undefined : currentTarget.value)
        }
      >
        {!isAlways && <option value="">{t.queue.any}</option>}
        {options.map(([each, words]) => (
          <option key={each} value={each}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}
