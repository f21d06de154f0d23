import { regionNames, whereInWords } from '../model/region-names.js';
import { changeRegion } from '../model/merge-regions.js';
import { isFixed, isKeep, REGION_KINDS, type Region } from '../model/region.js';
import type { FaceGuide } from '../state/face-guide.js';
import type { PhotoEditor } from '../state/photo-editor.js';
import { pointing } from '../state/pointed-at.js';
import { t } from '../strings/index.js';
import { deleteRegion, showRegion } from './editing.js';
import { Icon } from './icon.js';
import { KeepNotes } from './keep-notes.js';
import { RegionGroups } from './region-groups.js';

/** Every region in words: what is covered, and below it what stays visible. */
export function RegionList({ photo, guide }: { photo: PhotoEditor; guide: FaceGuide }) {
  const { list } = photo.regions.value;
  const covered = list.filter((region) => !isKeep(region));
  const kept = list.filter(isKeep);
  const { crop, ways } = photo.view.value;
  const names = regionNames(list, t);
  const isOver = guide.step.value === 'over';
  const row = (region: Region) => (
    <Row key={region.key} photo={photo} region={region} name={names.get(region.key) ?? ''} />
  );
  return (
    <>
      <section class="card" aria-labelledby="covered-heading">
        <h2 id="covered-heading" tabIndex={-1}>
          {t.regions.heading}
        </h2>
        <RegionGroups photo={photo} />
        {covered.length === 0 ? (
          <p class="soft">{t.regions.none}</p>
        ) : (
          <ul class="rows">{covered.map(row)}</ul>
        )}
      </section>
      <section class="card" aria-labelledby="kept-heading">
        <h2 id="kept-heading">{t.regions.keepHeading}</h2>
        {kept.length === 0 ? <p class="soft">{t.regions.keepTip}</p> : <ul class="rows">{kept.map(row)}</ul>}
        {isOver && <KeepNotes photo={photo} />}
        {isOver && ways.length > 0 && (
          <button type="button" class="button" data-testid="guide-reopen" onClick={() => guide.reopen()}>
            {t.guide.reopen}
          </button>
        )}
        {kept.length > 0 && (
          <label class="tick">
            <input
              type="checkbox"
              checked={photo.settings.value.cropToKeep}
              data-testid="crop"
              onChange={(event) => photo.set({ cropToKeep: event.currentTarget.checked })}
            />
            <span>{t.regions.crop}</span>
          </label>
        )}
        {crop && (
          <p class="soft" data-testid="crop-size">
            {t.regions.cropSize(crop.width, crop.height)}
          </p>
        )}
      </section>
    </>
  );
}

interface RowProps {
  readonly photo: PhotoEditor;
  readonly region: Region;
  readonly name: string;
}

function Row({ photo, region, name }: RowProps) {
  const { key, kinds } = region;
  const isSelected = photo.selected.value === key;
  const isOwn = region.found === undefined && !isKeep(region);
  return (
    <li
      class={isSelected ? 'row is-selected' : 'row'}
      data-testid="region-row"
      data-key={key}
      {...pointing([key])}
    >
      <button
        type="button"
        class="row-name"
        onClick={() => {
          photo.selected.value = key;
          showRegion(key);
        }}
      >
        <span class={`swatch kind-${kinds[0] ?? 'other'}`} />
        <span class="row-words">
          <span>{name}</span>
          <span class="soft">{whereInWords(region, photo.view.value, t)}</span>
          {isSelected && isFixed(region) && <span class="soft">{t.regions.fixed}</span>}
        </span>
      </button>
      {isOwn && (
        <select
          aria-label={t.regions.kind(name)}
          value={kinds[0] ?? 'other'}
          onChange={(event) => {
            const { value } = event.currentTarget;
            const kind = REGION_KINDS.find((each) => each === value);
            if (kind) photo.change(changeRegion(photo.history.value.now, key, { kinds: [kind] }));
          }}
        >
          {REGION_KINDS.filter((kind) => kind !== 'keep').map((kind) => (
            <option key={kind} value={kind}>
              {t.kinds[kind]}
            </option>
          ))}
        </select>
      )}
      <button
        type="button"
        class="icon-button"
        aria-label={t.regions.remove(name)}
        data-testid="remove"
        onClick={() => deleteRegion(photo, key)}
      >
        <Icon name="remove" />
      </button>
    </li>
  );
}
