import { whereInWords } from '../model/region-names.js';
import type { PhotoEditor } from '../state/photo-editor.js';
import { t } from '../strings/index.js';
import { addRegion } from './editing.js';

/** Single features of a face that stay open, each to be covered by one click; shows nothing when there are none. */
export function OpenFeatures({ photo }: { photo: PhotoEditor }) {
  const { openFeatures } = photo.view.value;
  if (openFeatures.length === 0) return null;
  return (
    <section class="card" aria-labelledby="features-heading" data-testid="open-features">
      <h2 id="features-heading">{t.features.heading}</h2>
      <p class="soft">{t.features.hint}</p>
      <ul class="rows">
        {openFeatures.map(({ feature, polygon }) => {
          const where = whereInWords({ polygon }, photo.view.value, t);
          const name = t.regions.label(t.features.names[feature], where);
          return (
            <li key={`${feature} ${polygon.join(' ')}`} class="row">
              <span class="row-name row-words">
                <span>{t.features.names[feature]}</span>
                <span class="soft">{where}</span>
              </span>
              <button
                type="button"
                class="button"
                aria-label={t.features.cover(name)}
                data-testid="cover-feature"
                onClick={() => addRegion(photo, polygon, 'face')}
              >
                {t.features.coverShort}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
