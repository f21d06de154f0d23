import { useEffect, useMemo } from 'preact/hooks';
import type { CheckView } from '../../api.js';
import { entryOf } from '../model/entry-of.js';
import { hintsFor } from '../model/hints.js';
import { hidesMost } from '../model/hides-most.js';
import { remediesOf } from '../model/remedies.js';
import { percent } from '../../../words/percent.js';
import { api } from '../state/api-client.js';
import { start } from '../state/notices.js';
import type { PhotoEditor } from '../state/photo-editor.js';
import { Picture } from '../state/picture.js';
import type { Saving } from '../state/saving.js';
import { locale, speaker, t } from '../strings/index.js';
import { Modal } from './modal.js';
import { OverrideForm } from './override-form.js';
import { Reasons } from './risk-gauge.js';

/** The result of the full check, for a photo that is not simply let through. */
export function OutcomeDialog({ photo, saving }: { photo: PhotoEditor; saving: Saving }) {
  const step = saving.step.value;
  if (step.at === 'look')
    return <LookDialog photo={photo} saving={saving} check={step.check} isBusy={step.isBusy} />;
  if (step.at === 'blocked') {
    return <BlockedDialog photo={photo} saving={saving} check={step.check} isBusy={step.isBusy} />;
  }
  return null;
}

interface OutcomeProps {
  readonly photo: PhotoEditor;
  readonly saving: Saving;
  readonly check: CheckView;
  readonly isBusy: boolean;
}

function LookDialog({ photo, saving, check, isBusy }: OutcomeProps) {
  const { id } = photo.view.value;
  const written = useMemo(() => new Picture((signal) => api.picture(id, 'written', signal)), [id]);
  useEffect(() => {
    written.load(0);
    return () => written.close();
  }, [written]);
  // Where most is covered, to let it out is not what a person should do first.
  const isHardlySeen = hidesMost(check.reasons);
  const classOf = (isFirst: boolean) => (isFirst ? 'button button-main' : 'button');
  const save = (
    <button
      key="save"
      type="button"
      class={classOf(!isHardlySeen)}
      disabled={isBusy || written.url.value === undefined}
      data-testid="looked"
      onClick={() => start(saving.looked())}
    >
      {photo.entry ? t.save.lookedAccept : t.save.looked}
    </button>
  );
  const goBack = (
    <button
      key="change"
      type="button"
      class={classOf(isHardlySeen)}
      data-testid="go-back"
      onClick={() => saving.cancel()}
    >
      {t.save.change}
    </button>
  );
  return (
    <Modal title={t.save.lookTitle} testId="look-dialog" isWide onClose={() => saving.cancel()}>
      <div class="look">
        {written.url.value && (
          <img class="look-picture" src={written.url.value} alt={t.photo.resultAlt} data-testid="written" />
        )}
        <div class="look-words">
          <p>{t.save.lookIntro}</p>
          <GateReasons check={check} />
          <p class="look-ask">{t.save.lookAsk}</p>
          <div class="modal-actions">{isHardlySeen ? [goBack, save] : [save, goBack]}</div>
          <CheckDetails check={check} />
        </div>
      </div>
    </Modal>
  );
}

function BlockedDialog({ photo, saving, check, isBusy }: OutcomeProps) {
  const isRefused = check.outcome === 'refused';
  const { after, most } = check.risk;
  const isRisky = after > most;
  const { run } = photo.view.value;
  const isLaxer = check.reasons.every(({ id }) => id === LAXER);
  const hints = isLaxer ? [] : hintsFor(check.risk, photo.edit, run !== undefined);
  const remedies = check.reasons.flatMap(remediesOf);
  return (
    <Modal
      title={isRefused ? t.save.refusedTitle : isLaxer ? t.run.laxerTitle : t.save.blockedTitle}
      testId="blocked-dialog"
      onClose={() => saving.cancel()}
    >
      {isRisky && <p>{t.save.blockedIntro(percent(after, locale, most), percent(most, locale, after))}</p>}
      <h3>{t.save.whyTitle}</h3>
      <GateReasons check={check} />
      {run?.isExceeded && (
        <p data-testid="laxer">
          {t.run.laxer(
            t.settings.destinations[run.destination],
            percent(run.most, locale),
            t.settings.destinations[photo.settings.value.destination],
          )}{' '}
          {t.run.laxerHint(t.settings.destinations[run.destination])}
        </p>
      )}
      {isRisky && <Reasons reasons={check.risk.reasonsAfter.slice().sort(byWeight).slice(0, 4)} />}
      {hints.length + remedies.length > 0 && (
        <>
          <h3>{t.save.helpTitle}</h3>
          <ul class="plain-list" data-testid="hints">
            {remedies.map((remedy) => (
              <li key={remedy.id}>{speaker.say(remedy)}</li>
            ))}
            {hints.map((hint) => (
              <li key={hint}>{t.hints[hint]}</li>
            ))}
          </ul>
        </>
      )}
      <div class="modal-actions">
        <button
          type="button"
          class="button button-main"
          data-testid="go-back"
          onClick={() => saving.cancel()}
        >
          {t.save.change}
        </button>
      </div>
      <CheckDetails check={check} />
      {check.asks === 'never' && <p>{t.save.noOverride}</p>}
      {check.asks === 'reason' && (
        <OverrideForm
          isAccepting={photo.entry !== undefined}
          isBusy={isBusy}
          onOverride={(override) => start(saving.override(override))}
        />
      )}
    </Modal>
  );
}

const LAXER = 'gate/laxer-than-run';
const byWeight = (a: { probability: number }, b: { probability: number }) => b.probability - a.probability;

function GateReasons({ check }: { check: CheckView }) {
  // The figures are already above the list, and the run's audience is told below it.
  const told = check.reasons.filter(({ id }) => id !== 'gate/risk' && id !== LAXER);
  if (told.length === 0) return null;
  return (
    <ul class="plain-list" data-testid="gate-reasons">
      {told.map((reason, i) => (
        <li key={i}>{speaker.say(reason)}</li>
      ))}
    </ul>
  );
}

function CheckDetails({ check }: { check: CheckView }) {
  const kilobytes = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }).format(check.bytes / 1024);
  return (
    <details class="more">
      <summary>{t.save.allChecks}</summary>
      <ul class="reasons">
        {check.checks.map(({ check: id, status }) => (
          <li key={id}>
            <span>{speaker.check(id)}</span>
            <span class="soft">{entryOf(t.save.status, status) ?? status}</span>
          </li>
        ))}
      </ul>
      <p class="soft">{t.save.size(check.width, check.height, t.save.kilobytes(kilobytes))}</p>
    </details>
  );
}
