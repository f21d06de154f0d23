import { isKeep, type Region, type RegionKind } from '../model/region.js';
import type { PhotoEditor } from '../state/photo-editor.js';
import { pointing } from '../state/pointed-at.js';
import { t } from '../strings/index.js';
import { deleteRegions } from './editing.js';
import { Icon } from './icon.js';

/** From so many on, regions of a kind can be removed together. */
const LEAST = 2;

/** The kinds of which there are several regions, each to be removed at once; shows nothing when there are none. */
export function RegionGroups({ photo }: { photo: PhotoEditor }) {
  const groups = groupsOf(photo.regions.value.list);
  if (groups.length === 0) return null;
  return (
    <ul class="rows row-groups" aria-label={t.groups.heading}>
      {groups.map(([kind, regions]) => {
        const words = t.groups.name(t.kinds[kind], regions.length);
        const keys = regions.map(({ key }) => key);
        return (
          <li key={kind} class="row" {...pointing(keys)}>
            <span class="row-name">
              <span class={`swatch kind-${kind}`} />
              <span>{words}</span>
            </span>
            <button
              type="button"
              class="button"
              aria-label={t.groups.removeAll(words)}
              data-testid={`remove-all-${kind}`}
              onClick={() => {
                deleteRegions(photo, keys);
                document.getElementById('covered-heading')?.focus();
              }}
            >
              <Icon name="remove" />
              <span>{t.groups.removeShort}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** By their first kind. */
function groupsOf(regions: readonly Region[]): [RegionKind, Region[]][] {
  const groups = new Map<RegionKind, Region[]>();
  for (const region of regions.filter((each) => !isKeep(each))) {
    const kind = region.kinds[0] ?? 'other';
    groups.set(kind, [...(groups.get(kind) ?? []), region]);
  }
  return [...groups].filter(([, all]) => all.length >= LEAST);
}
