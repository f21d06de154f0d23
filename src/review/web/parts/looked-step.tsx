import { useEffect } from 'preact/hooks';
import { DETECTION_KINDS } from '../../../core/detection.js';
import { coversStill } from '../model/covers-still.js';
import { inform } from '../state/notices.js';
import type { PhotoEditor } from '../state/photo-editor.js';
import { t } from '../strings/index.js';

/**
 * A person's statement that nothing else shows: it counts in the risk and is recorded. It is about what they saw: it
 * falls as soon as less is covered.
 */
export function LookedStep({ photo }: { photo: PhotoEditor }) {
  const { notExamined } = photo.view.value;
  const { attestNone } = photo.settings.value;
  const { list } = photo.regions.value;
  // What the tool could not look for has a statement of its own.
  const kinds = DETECTION_KINDS.filter((kind) => !notExamined.some((each) => each.kind === kind));
  const isStated = kinds.length > 0 && kinds.every((kind) => attestNone.includes(kind));
  const others = attestNone.filter((kind) => !kinds.includes(kind));
  useEffect(() => {
    if (!isStated || coversStill(photo.seen.value, list)) return;
    photo.set({ attestNone: others });
    inform(t.looked.withdrawn);
  }, [list, isStated]);
  if (kinds.length === 0) return null;
  return (
    <section class="card" aria-labelledby="looked-heading">
      <h2 id="looked-heading">{t.looked.heading}</h2>
      <label class="tick">
        <input
          type="checkbox"
          checked={isStated}
          aria-describedby="looked-hint"
          data-testid="looked-none"
          onChange={({ currentTarget: { checked } }) => {
            photo.seen.value = list;
            photo.set({ attestNone: checked ? [...others, ...kinds] : others });
          }}
        />
        <span>{t.looked.check}</span>
      </label>
      <p class="soft" id="looked-hint">
        {t.looked.hint}
      </p>
    </section>
  );
}
