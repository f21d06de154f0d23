import type { Signal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { FaceGuide } from '../state/face-guide.js';
import type { PhotoEditor } from '../state/photo-editor.js';
import { t } from '../strings/index.js';
import { addRegion, showRegion, type Tool } from './editing.js';
import { FaceWays } from './face-ways.js';
import { KeepNotes } from './keep-notes.js';

interface FaceGuideProps {
  readonly photo: PhotoEditor;
  readonly guide: FaceGuide;
  readonly tool: Signal<Tool | undefined>;
}

/** What the page asks about a photo that is mostly a face; shows nothing for any other. */
export function FaceGuideCard({ photo, guide, tool }: FaceGuideProps) {
  const step = guide.step.value;
  const heading = useId();
  if (step === 'over') return null;
  return (
    <section class="card guide" aria-labelledby={heading} data-testid="guide" data-step={step}>
      <h2 id={heading}>{step === 'ask' ? t.guide.ask : step === 'choose' ? t.guide.choose : t.guide.mark}</h2>
      {step === 'ask' && <Ask photo={photo} guide={guide} tool={tool} />}
      {step === 'mark' && <Mark photo={photo} guide={guide} tool={tool} />}
      {step === 'place' && <Place photo={photo} guide={guide} />}
      {step === 'choose' && <FaceWays photo={photo} guide={guide} />}
      <div class="guide-actions">
        {step === 'choose' && (
          <button type="button" class="link-button" data-testid="guide-again" onClick={() => again(guide)}>
            {t.guide.again}
          </button>
        )}
        {step !== 'ask' && (
          <button
            type="button"
            class="link-button"
            onClick={() => {
              tool.value = undefined;
              guide.end();
            }}
          >
            {t.cancel}
          </button>
        )}
      </div>
    </section>
  );
}

function again(guide: FaceGuide): void {
  const key = guide.again();
  if (key !== undefined) showRegion(key);
}

/** Adds a mark on the face, which the keys can move. */
export function placeMark(photo: PhotoEditor, guide: FaceGuide): void {
  const polygon = guide.firstMark();
  if (polygon) addRegion(photo, polygon, 'keep');
}

function Ask({ photo, guide, tool }: FaceGuideProps) {
  const yes = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const { activeElement, body } = document;
    // A face that only the thorough look finds interrupts nobody.
    if (activeElement === body || activeElement instanceof HTMLHeadingElement) yes.current?.focus();
  }, []);
  return (
    <div class="guide-row">
      <button
        ref={yes}
        type="button"
        class="button button-main"
        data-testid="guide-yes"
        onClick={(event) => begin(event, { photo, guide, tool })}
      >
        {t.guide.yes}
      </button>
      <button type="button" class="button" data-testid="guide-no" onClick={() => guide.end()}>
        {t.guide.no}
      </button>
    </div>
  );
}

/** After Escape has put the tool away, a button takes it up again. */
function Mark({ photo, guide, tool }: FaceGuideProps) {
  return (
    <>
      <p role="status">{t.guide.markHint}</p>
      {tool.value !== 'keep' && (
        <div class="guide-row">
          <button
            type="button"
            class="button button-main"
            data-testid="guide-mark"
            onClick={(event) => begin(event, { photo, guide, tool })}
          >
            {t.guide.mark}
          </button>
        </div>
      )}
    </>
  );
}

function begin(event: MouseEvent, { photo, guide, tool }: FaceGuideProps): void {
  guide.yes();
  // Pressed by a key: there is no pointer to draw with.
  if (event.detail === 0) placeMark(photo, guide);
  else tool.value = 'keep';
}

function Place({ photo, guide }: Omit<FaceGuideProps, 'tool'>) {
  useEffect(() => {
    const onKeyDown = ({ key, target }: KeyboardEvent) => {
      if (key === 'Enter' && target instanceof SVGElement) guide.placed();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [guide]);
  return (
    <>
      <p role="status">{t.guide.placeHint}</p>
      <KeepNotes photo={photo} />
      <div class="guide-row">
        <button type="button" class="button" data-testid="guide-placed" onClick={() => guide.placed()}>
          {t.guide.placed}
        </button>
      </div>
    </>
  );
}
