import type { PhotoView, Reason, RiskView } from '../../api.js';
import type { Destination } from '../../../risk/destinations.js';
import { percent } from '../../../words/percent.js';
import { languageOfReason } from '../model/reason-name.js';
import { locale, speaker, t } from '../strings/index.js';
import { Icon } from './icon.js';

interface RiskGaugeProps {
  readonly risk: RiskView;
  readonly destination: Destination;
  /** For whom the run was to which the photo belongs. */
  readonly run?: PhotoView['run'];
  /** Only a first look is done: what is not known yet makes the risk look higher than it is. */
  readonly isQuick: boolean;
}

/** The risk before and after, beside what the destination accepts, and the reasons for it. */
export function RiskGauge({ risk, destination, run, isQuick }: RiskGaugeProps) {
  const isLow = risk.after <= risk.most;
  const place = t.settings.destinations[destination];
  const verdict = isLow ? t.risk.low(place) : t.risk.high(place);
  const after = percent(risk.after, locale);
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
          {t.risk.limit(percent(risk.most, locale))}
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
        <p class="soft">{t.risk.note}</p>
      </details>
    </section>
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
          {percent(share, locale)}
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
