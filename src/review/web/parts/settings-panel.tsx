import { DETECTION_KINDS } from '../../../core/detection.js';
import { EXTENTS, FACE_COVERS, STYLE_IDS } from '../../api.js';
import type { PhotoEditor } from '../state/photo-editor.js';
import { speaker, t } from '../strings/index.js';

/** How things are covered. */
export function SettingsPanel({ photo }: { photo: PhotoEditor }) {
  const { style, extent, faces } = photo.settings.value;
  const { planned } = photo.view.value;
  return (
    <section class="card" aria-label={t.settings.style}>
      <Segments
        name="style"
        legend={t.settings.style}
        options={STYLE_IDS}
        chosen={style}
        words={t.settings.styles}
        onChoose={(each) => photo.set({ style: each })}
      />
      <Segments
        name="extent"
        legend={t.settings.extent}
        options={EXTENTS}
        chosen={extent}
        words={t.settings.extents}
        onChoose={(each) => photo.set({ extent: each })}
      />
      <p class="soft">{t.settings.extentHints[extent]}</p>
      <Segments
        name="faces"
        legend={t.settings.faces}
        options={FACE_COVERS}
        chosen={faces}
        words={t.settings.faceCovers}
        onChoose={(each) => photo.set({ faces: each })}
      />
      <p class="soft">{t.settings.faceHints[faces]}</p>
      {planned
        .filter(({ id }) => id === 'plan/covered-whole')
        .map((finding) => (
          <p key={JSON.stringify(finding)} data-testid="covered-whole">
            {speaker.say(finding)}
          </p>
        ))}
    </section>
  );
}

interface SegmentsProps<T extends string> {
  readonly name: string;
  readonly legend: string;
  readonly options: readonly T[];
  readonly chosen: T;
  readonly words: Readonly<Record<T, string>>;
  readonly onChoose: (option: T) => void;
}

/** A choice between a few short words in a row. */
function Segments<T extends string>({ name, legend, options, chosen, words, onChoose }: SegmentsProps<T>) {
  return (
    <fieldset class="segments">
      <legend>{legend}</legend>
      <div class="segment-row">
        {options.map((each) => (
          <label key={each} class="segment">
            <input
              type="radio"
              name={name}
              value={each}
              checked={chosen === each}
              data-testid={`${name}-${each}`}
              onChange={() => onChoose(each)}
            />
            <span>{words[each]}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** What the tool could not look for, so that the person can look instead; shows nothing when there is nothing. */
export function Attestations({ photo }: { photo: PhotoEditor }) {
  const { notExamined } = photo.view.value;
  const { attestNone } = photo.settings.value;
  const kinds = DETECTION_KINDS.filter(
    (kind) => attestNone.includes(kind) || notExamined.some((each) => each.kind === kind),
  );
  if (kinds.length === 0) return null;
  return (
    <section class="card card-alert" aria-labelledby="attest-heading">
      <h2 id="attest-heading">{t.attest.heading}</h2>
      {kinds.map((kind) => (
        <div key={kind} class="attest">
          <p>{t.attest.kinds[kind]}</p>
          {notExamined
            .filter((each) => each.kind === kind)
            .map(({ reason }, i) => (
              <p key={i} class="soft">
                {speaker.say(reason)}
              </p>
            ))}
          <label class="tick">
            <input
              type="checkbox"
              checked={attestNone.includes(kind)}
              data-testid={`attest-${kind}`}
              onChange={(event) => {
                const others = attestNone.filter((each) => each !== kind);
                photo.set({ attestNone: event.currentTarget.checked ? [...others, kind] : others });
              }}
            />
            <span>{t.attest.check[kind]}</span>
          </label>
        </div>
      ))}
    </section>
  );
}
