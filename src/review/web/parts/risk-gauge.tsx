import type { Reason } from '../../api.js';
import type { Destination } from '../../../risk/destinations.js';
import { percent } from '../../../words/percent.js';
import { languageOfReason } from '../model/language-of-reason.js';
import { session } from '../state/app.js';
import type { PhotoEditor } from '../state/photo-editor.js';
import { locale, speaker, t } from '../strings/index.js';
import { Icon } from './icon.js';

/** The risk before and after, beside what the destination accepts, and the reasons for it. */
export function RiskGauge({ photo }: { photo: PhotoEditor }) {
  const risk = photo.risk.value;
  const { destination } = photo.settings.value;
  const { run, state } = photo.view.value;
  // Only a first look is done: what is not known yet makes the risk look higher than it is.
  const isQuick = state === 'quick';
  const isLow = risk.after <= risk.most;
  const place = t.settings.destinations[destination];
  const verdict = isLow ? t.risk.low(place) : t.risk.high(place);
  const after = percent(risk.after, locale, risk.most);
  return (
    <section class="card" aria-labelledby="risk-heading" data-testid="risk" data-low={isLow && !isQuick}>
      <h2 id="risk-heading">{t.risk.heading}</h2>
      <div class="gauge">
        <Bar label={t.risk.before} share={risk.before} most={risk.most} tone="before" />
        <Bar
          label={t.risk.after}
          share={risk.after}
          most={risk.most}
          tone={isQuick ? 'quick' : isLow ? 'low' : 'high'}
        />
        <p class="gauge-limit" style={{ marginInlineStart: `${Math.min(risk.most, 0.75) * 100}%` }}>
          {t.risk.limit(percent(risk.most, locale, risk.after))}
        </p>
      </div>
      {isQuick ? (
        <p class="soft">{t.photo.quick}</p>
      ) : (
        <p class={isLow ? 'verdict verdict-low' : 'verdict verdict-high'}>
          <Icon name={isLow ? 'check' : 'warn'} />
          <span>{verdict}</span>
        </p>
      )}
      <p class="unseen" aria-live="polite">
        {!isQuick && t.risk.announce(after, verdict)}
      </p>
      {run && (
        <p class={run.isExceeded ? 'run-limits is-exceeded' : 'run-limits soft'} data-testid="run-limits">
          {t.run.limits(t.settings.destinations[run.destination], percent(run.most, locale))}
          {run.isExceeded && ` ${t.run.isExceeded(place)}`}
        </p>
      )}
      <details class="more" data-testid="reasons">
        <summary>{t.risk.why}</summary>
        <h3>{t.risk.reasonsBefore}</h3>
        <Reasons reasons={risk.reasonsBefore} />
        <h3>{t.risk.reasonsAfter}</h3>
        <Reasons reasons={risk.reasonsAfter} />
        <p class="soft">{photo.isChecked.value ? t.meaning.checked : t.risk.note}</p>
      </details>
      <Meaning destination={destination} most={risk.most} />
    </section>
  );
}

/** What the number and its limit mean, where they stand. */
function Meaning({ destination, most }: { destination: Destination; most: number }) {
  const limit = percent(most, locale);
  const usual = session.value?.destinations.find(({ id }) => id === destination)?.mostRisk ?? most;
  const photos = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(most * 100);
  return (
    <details class="more meaning" data-testid="meaning">
      <summary>{t.meaning.heading(limit)}</summary>
      <p>{t.meaning.estimate}</p>
      <p>{t.meaning.rate(limit, photos)}</p>
      <p>
        {t.meaning.limits[destination]} {most < usual && t.meaning.ofRun}
      </p>
      <p>{t.meaning.never}</p>
      <p class="soft">{t.meaning.basis}</p>
    </details>
  );
}

interface BarProps {
  readonly label: string;
  readonly share: number;
  readonly most: number;
  readonly tone: 'before' | 'quick' | 'low' | 'high';
}

function Bar({ label, share, most, tone }: BarProps) {
  return (
    <div class="bar-row">
      <p class="bar-words">
        <span>{label}</span>
        <strong data-testid={tone === 'before' ? 'risk-before' : 'risk-after'}>
          {percent(share, locale, most)}
        </strong>
      </p>
      <div class="bar" aria-hidden="true">
        <div class={`bar-fill bar-${tone}`} style={{ width: `${Math.max(share * 100, 0.8)}%` }} />
        <div class="bar-limit" style={{ left: `${most * 100}%` }} />
      </div>
    </div>
  );
}

/** Reasons in words, the heaviest first. */
export function Reasons({ reasons }: { reasons: readonly Reason[] }) {
  if (reasons.length === 0) return <p class="soft">{t.risk.noReasons}</p>;
  const sorted = [...reasons].sort((a, b) => b.probability - a.probability);
  return (
    <ul class="reasons">
      {sorted.map((reason, i) => (
        <li key={`${reason.id} ${i}`}>
          <span lang={languageOfReason(reason)}>{speaker.say(reason)}</span>
          <span class="soft">{percent(reason.probability, locale)}</span>
        </li>
      ))}
    </ul>
  );
}
