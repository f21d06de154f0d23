import { percent } from '../../../words/percent.js';
import { api } from '../state/api-client.js';
import { session } from '../state/app.js';
import type { PhotoEditor } from '../state/photo-editor.js';
import { locale, t } from '../strings/index.js';

/** Who will see the photo: asked before anything else, because the limit follows from it. */
export function Audience({ photo }: { photo: PhotoEditor }) {
  const { destination } = photo.settings.value;
  const all = session.value?.destinations ?? [];
  const chosen = all.find(({ id }) => id === destination);
  return (
    <fieldset class="segments audience" aria-describedby="audience-hint">
      <legend>{t.settings.heading}</legend>
      <div class="segment-row">
        {all.map(({ id }) => (
          <label key={id} class="segment">
            <input
              type="radio"
              name="destination"
              value={id}
              checked={destination === id}
              data-testid={`destination-${id}`}
              onChange={() => {
                photo.set({ destination: id });
                // It holds for this photo in any case. Those of a run have their own.
                if (!photo.entry) api.remember(id).catch(() => undefined);
              }}
            />
            <span>{t.settings.destinations[id]}</span>
          </label>
        ))}
      </div>
      <p class="soft" id="audience-hint">
        {t.settings.destinationHints[destination]}
        {chosen && ` · ${t.risk.limit(percent(chosen.mostRisk, locale))}`}
      </p>
    </fieldset>
  );
}
