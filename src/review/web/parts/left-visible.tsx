import { percent } from '../../../words/percent.js';
import { putBack } from '../model/merge-regions.js';
import { regionNames, whereInWords } from '../model/region-names.js';
import type { PhotoEditor } from '../state/photo-editor.js';
import { locale, t } from '../strings/index.js';
import { showRegion } from './editing.js';

/** What the tool found and a person uncovered: what that costs, and the way back; shows nothing when there is none. */
export function LeftVisible({ photo }: { photo: PhotoEditor }) {
  const regions = photo.history.value.now;
  const { removed } = regions;
  if (removed.length === 0) return null;
  const { prices, risk } = photo.view.value;
  const names = regionNames([...regions.list, ...removed], t);
  const now = percent(risk.after, locale);
  return (
    <section class="card card-alert" aria-labelledby="left-heading" data-testid="left-visible">
      <h2 id="left-heading">{t.work.left.heading}</h2>
      <ul class="rows" aria-busy={photo.isUpdating.value}>
        {removed.map((region, i) => {
          const name = names.get(region.key) ?? '';
          const where = whereInWords(region, photo.view.value, t);
          const covered = prices[i] === undefined ? undefined : percent(prices[i], locale);
          return (
            <li key={region.key} class="row left-row" data-testid="left-row">
              <span class="row-name row-words">
                <span>{t.regions.label(name, where)}</span>
                {/* Until the server has answered, the price of another list is known at most. */}
                {!photo.isUpdating.value && covered !== undefined && (
                  <span class="soft">
                    {covered === now ? t.work.left.free : t.work.left.price(covered, now)}
                  </span>
                )}
              </span>
              <button
                type="button"
                class="button"
                aria-label={t.work.left.backOf(name)}
                data-testid="put-back"
                onClick={() => {
                  photo.change(putBack(regions, region.key));
                  photo.selected.value = region.key;
                  showRegion(region.key);
                }}
              >
                {t.work.left.back}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
