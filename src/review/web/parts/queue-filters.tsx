import { DETECTION_KINDS } from '../../../core/detection.js';
import { reasonName } from '../model/reason-name.js';
import { RISK_RANGES, type QueueFilter } from '../model/queue-filter.js';
import { filter, queue, shown } from '../state/queue.js';
import { locale, speaker, t } from '../strings/index.js';

/** Narrows down the grid. */
export function QueueFilters() {
  const states = ['review', 'accepted', 'rejected'] as const;
  return (
    <section class="filters" aria-label={t.queue.filters}>
      <Choice
        field="state"
        label={t.queue.state}
        options={states.map((each) => [each, t.queue.states[each]])}
      />
      <Choice
        field="kind"
        label={t.queue.kind}
        options={DETECTION_KINDS.map((each) => [each, t.kinds[each]])}
      />
      <Choice field="reason" label={t.queue.reason} options={sortsOfReasons()} />
      <Choice
        field="risk"
        label={t.queue.risk}
        options={RISK_RANGES.map((each) => [each, t.queue.risks[each]])}
      />
      <p class="soft" role="status" data-testid="shown-count">
        {t.queue.shown(shown.value.length)}
      </p>
    </section>
  );
}

function sortsOfReasons(): (readonly [string, string])[] {
  const reasons = (queue.value?.entries ?? []).flatMap((entry) => entry.reasons);
  const names = new Set(reasons.map((reason) => reasonName(reason, t, speaker)));
  return [...names].sort((a, b) => a.localeCompare(b, locale)).map((name) => [name, name]);
}

interface ChoiceProps {
  readonly field: keyof QueueFilter;
  readonly label: string;
  readonly options: readonly (readonly [id: string, words: string])[];
}

function Choice({ field, label, options }: ChoiceProps) {
  return (
    <label class="filter">
      <span>{label}</span>
      <select
        value={filter.value[field] ?? ''}
        data-testid={`filter-${field}`}
        onChange={({ currentTarget: { value } }) => {
          filter.value = { ...filter.value, [field]: value === '' ? undefined : value };
        }}
      >
        <option value="">{t.queue.any}</option>
        {options.map(([id, words]) => (
          <option key={id} value={id}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}
