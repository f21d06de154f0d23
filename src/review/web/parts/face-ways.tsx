import { useEffect, useRef } from 'preact/hooks';
import { percent } from '../../../words/percent.js';
import type { WayView } from '../../api.js';
import type { FaceGuide } from '../state/face-guide.js';
import type { PhotoEditor } from '../state/photo-editor.js';
import { locale, speaker, t } from '../strings/index.js';
import { Icon } from './icon.js';
import { KeepNotes } from './keep-notes.js';

interface FaceWaysProps {
  readonly photo: PhotoEditor;
  readonly guide: FaceGuide;
}

/** The ways to treat a portrait, each with the risk that it leaves; Enter takes the one that is recommended. */
export function FaceWays({ photo, guide }: FaceWaysProps) {
  const { ways } = photo.view.value;
  const advised = useRef<HTMLButtonElement>(null);
  const isKnown = ways.length > 0;
  useEffect(() => advised.current?.focus(), [isKnown]);
  if (!isKnown) return <p role="status">{t.guide.waiting}</p>;
  const choose = ({ way, why }: WayView) => {
    if (why) return;
    guide.choose(way);
    document.querySelector<HTMLElement>('[data-testid=save]')?.focus();
  };
  return (
    <>
      <p class="soft">{t.guide.chooseHint}</p>
      <KeepNotes photo={photo} />
      <div class="ways" aria-busy={photo.isUpdating.value}>
        {ways.map((one) => (
          <button
            key={one.way}
            ref={one.isAdvised ? advised : null}
            type="button"
            class={one.isAdvised ? 'way is-advised' : 'way'}
            aria-disabled={one.why !== undefined}
            data-testid={`way-${one.way}`}
            onClick={() => choose(one)}
          >
            <Words
              one={one}
              destination={t.settings.destinations[photo.settings.value.destination]}
              most={photo.view.value.risk.most}
            />
          </button>
        ))}
      </div>
    </>
  );
}

function Words({ one, destination, most }: { one: WayView; destination: string; most: number }) {
  const { way, after, isEnough, isAdvised, why } = one;
  return (
    <>
      <span class="way-name">{t.guide.ways[way]}</span>
      {isAdvised && <span class="way-advised">{t.guide.advised}</span>}
      {why ? (
        <span class="soft">
          {t.guide.impossible} {speaker.say(why)}
        </span>
      ) : (
        <>
          <span>{t.guide.risk(percent(after, locale, most))}</span>
          <span class={isEnough ? 'verdict verdict-low' : 'verdict verdict-high'}>
            <Icon name={isEnough ? 'check' : 'warn'} />
            <span>{isEnough ? t.guide.enough(destination) : t.guide.notEnough(destination)}</span>
          </span>
        </>
      )}
    </>
  );
}
