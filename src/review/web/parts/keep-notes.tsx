import { isKeep } from '../model/region.js';
import type { PhotoEditor } from '../state/photo-editor.js';
import { speaker, t } from '../strings/index.js';

/** Why something of a marked lesion is covered all the same, and what to do; shows nothing where nothing is. */
export function KeepNotes({ photo }: { photo: PhotoEditor }) {
  const { list } = photo.history.value.now;
  // A face that a person uncovered covers nothing.
  const coversFace = list.some((region) => region.found && !isKeep(region) && region.kinds.includes('face'));
  const told = photo.view.value.planned.filter(
    ({ id }) => id === 'plan/features-in-keep' || id === 'plan/covered-in-keep',
  );
  if (!coversFace || told.length === 0) return null;
  return (
    <div role="status" class="keep-notes" data-testid="keep-notes">
      {told.map((finding) => (
        <p key={finding.id}>
          {speaker.say(finding)}. {finding.id === 'plan/features-in-keep' && t.guide.onFeature}
        </p>
      ))}
    </div>
  );
}
