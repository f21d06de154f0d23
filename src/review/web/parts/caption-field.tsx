import { useRef } from 'preact/hooks';
import { captionParts } from '../model/caption-marks.js';
import { entryOf } from '../model/entry-of.js';
import type { PhotoEditor } from '../state/photo-editor.js';
import { t } from '../strings/index.js';

/** The text that goes with the photo; what leads to the patient is marked in it, and named below. */
export function CaptionField({ photo }: { photo: PhotoEditor }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const marks = useRef<HTMLDivElement>(null);
  const { caption } = photo.settings.value;
  const parts = captionParts(caption, photo.checkedCaption.value, photo.view.value.risk.caption);
  const found = withStarts(parts).filter((part) => part.class !== undefined);
  return (
    <section class="card" aria-labelledby="caption-heading">
      <h2 id="caption-heading">{t.caption.heading}</h2>
      <label class="soft" for="caption">
        {t.caption.label}
      </label>
      <div class="caption">
        <div class="caption-marks" aria-hidden="true" ref={marks}>
          {parts.map(({ text, class: what }, i) => (what === undefined ? text : <mark key={i}>{text}</mark>))}
          {'\n'}
        </div>
        <textarea
          id="caption"
          ref={field}
          rows={3}
          maxLength={20_000}
          value={caption}
          placeholder={t.caption.placeholder}
          aria-describedby="caption-findings"
          data-testid="caption"
          onInput={(event) => photo.set({ caption: event.currentTarget.value }, 'caption')}
          onScroll={(event) => {
            if (marks.current) marks.current.scrollTop = event.currentTarget.scrollTop;
          }}
        />
      </div>
      <div id="caption-findings" aria-live="polite" data-testid="caption-findings">
        {found.length > 0 && <p class="caption-found">{t.caption.found}</p>}
        {found.length === 0 && caption !== '' && caption === photo.checkedCaption.value && (
          <p class="soft">{t.caption.clean}</p>
        )}
        <ul class="chips">
          {found.map((part) => (
            <li key={part.start}>
              <button
                type="button"
                class="chip"
                onClick={() => {
                  field.current?.focus();
                  field.current?.setSelectionRange(part.start, part.start + part.text.length);
                }}
              >
                {t.caption.select(entryOf(t.caption.classes, part.class ?? '') ?? '', part.text)}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

function withStarts(parts: ReturnType<typeof captionParts>) {
  let at = 0;
  return parts.map((part) => {
    const start = at;
    at += part.text.length;
    return { ...part, start };
  });
}
