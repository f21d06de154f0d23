import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { metadataSentences } from '../model/metadata-sentence.js';
import { CaptionField } from '../parts/caption-field.js';
import { addInMiddle, type Tool } from '../parts/editing.js';
import { FaceGuideCard, placeMark } from '../parts/face-guide.js';
import { Icon } from '../parts/icon.js';
import { LookedStep } from '../parts/looked-step.js';
import { OpenFeatures } from '../parts/open-features.js';
import { OutcomeDialog } from '../parts/outcome-dialog.js';
import { PageHead } from '../parts/page-head.js';
import { RegionList } from '../parts/region-list.js';
import { RiskGauge } from '../parts/risk-gauge.js';
import { SaveBar } from '../parts/save-bar.js';
import { Attestations, SettingsPanel } from '../parts/settings-panel.js';
import { PhotoCanvas } from '../parts/photo-canvas.js';
import { Toolbar } from '../parts/toolbar.js';
import { home, toStart } from '../state/app.js';
import { FaceGuide } from '../state/face-guide.js';
import type { PhotoEditor } from '../state/photo-editor.js';
import { titleOf } from '../state/queue.js';
import { Saving } from '../state/saving.js';
import { locale, t } from '../strings/index.js';

/** One photo: shows what will be covered, to be looked at, corrected and saved. */
export function PhotoScreen({ photo }: { photo: PhotoEditor }) {
  const tool = useSignal<Tool | undefined>(undefined);
  const zoom = useSignal(1);
  const original = useSignal(0);
  const guide = useMemo(() => new FaceGuide(photo), [photo]);
  const saving = useMemo(() => new Saving(photo, home), [photo]);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // A question has the focus already.
    if (guide.step.peek() === 'over') heading.current?.focus();
  }, []);
  const isMarking = ['mark', 'place'].includes(guide.step.value);
  useEffect(() => {
    // Under its cover, nobody would find the lesion.
    original.value = isMarking ? 1 : 0;
  }, [isMarking]);
  useEditKeys(photo, tool);
  const view = photo.view.value;
  const isQuick = view.state === 'quick';
  return (
    <>
      <PageHead>
        <button type="button" class="button" data-testid="leave" onClick={photo.entry ? home : toStart}>
          <Icon name="back" />
          <span>{photo.entry ? t.photo.toQueue : t.photo.another}</span>
        </button>
      </PageHead>
      <main class="photo" data-testid="photo" data-state={view.state}>
        <h1 ref={heading} tabIndex={-1} class="unseen">
          {photo.entry ? titleOf(photo.entry) : t.photo.heading}
        </h1>
        <div class="work">
          <FaceGuideCard photo={photo} guide={guide} tool={tool} />
          <Toolbar
            photo={photo}
            tool={tool}
            zoom={zoom}
            addKeep={() =>
              guide.step.value === 'over' ? addInMiddle(photo, 'keep') : placeMark(photo, guide)
            }
          />
          <PhotoCanvas photo={photo} tool={tool} zoom={zoom} original={original} />
        </div>
        <div class="panel">
          <div class="cards">
            <p class={isQuick ? 'examined is-busy' : 'examined'} role="status" data-testid="examined">
              {isQuick ? `${t.photo.quick} ${t.photo.quickHint}` : t.photo.ready}
            </p>
            {!isQuick && <Attestations photo={photo} />}
            <section class="card" aria-labelledby="metadata-heading" data-testid="metadata">
              <h2 id="metadata-heading">{t.metadata.heading}</h2>
              {metadataSentences(view.metadata, t, locale).map((sentence) => (
                <p key={sentence}>{sentence}</p>
              ))}
            </section>
            <RiskGauge photo={photo} />
            <RegionList photo={photo} guide={guide} />
            <OpenFeatures photo={photo} />
            {!isQuick && <LookedStep photo={photo} />}
            <SettingsPanel photo={photo} />
            <CaptionField photo={photo} />
          </div>
          <SaveBar photo={photo} saving={saving} />
        </div>
      </main>
      <OutcomeDialog photo={photo} saving={saving} />
    </>
  );
}

/** Undo and redo by keys, except in a text field, which has its own; Escape puts a tool away. */
function useEditKeys(photo: PhotoEditor, tool: { value: Tool | undefined }): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { target } = event;
      if (target instanceof HTMLTextAreaElement || document.querySelector('dialog[open]')) return;
      if (event.key === 'Escape') tool.value = undefined;
      if (!event.ctrlKey && !event.metaKey) return;
      const key = event.key.toLowerCase();
      if (key === 'z' && !event.shiftKey) photo.undo();
      else if (key === 'y' || key === 'z') photo.redo();
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [photo]);
}
