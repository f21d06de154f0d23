import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../parts/icon.js';
import { PageHead } from '../parts/page-head.js';
import { home, isOpening, openFiles, session } from '../state/app.js';
import { start } from '../state/notices.js';
import { t } from '../strings/index.js';

/** The first screen: a place for a photo. */
export function StartScreen() {
  const isOver = useSignal(false);
  const chooser = useRef<HTMLInputElement>(null);
  useFileDrop(isOver);
  const mib = Math.floor((session.value?.maxBytes ?? 0) / 2 ** 20);
  return (
    <>
      <PageHead>
        {session.value?.hasBatch && (
          <button type="button" class="button" data-testid="to-queue" onClick={home}>
            <Icon name="back" />
            <span>{t.start.toQueue}</span>
          </button>
        )}
      </PageHead>
      <main class="start">
        <h1>{t.start.heading}</h1>
        <p class="lead">{t.start.intro}</p>
        <div class={isOver.value ? 'drop is-over' : 'drop'} data-testid="drop" aria-busy={isOpening.value}>
          <Icon name="photo" />
          {isOpening.value ? (
            <p class="drop-words" role="status">
              {t.start.opening}
            </p>
          ) : (
            <>
              <p class="drop-words drop-invite">{t.start.drop}</p>
              <p class="soft drop-invite">{t.start.or}</p>
              <button
                type="button"
                class="button button-main button-large"
                data-testid="choose"
                onClick={() => chooser.current?.click()}
              >
                {t.start.choose}
              </button>
              <p class="soft">{t.start.formats(String(mib))}</p>
            </>
          )}
          <input
            ref={chooser}
            class="unseen"
            type="file"
            tabIndex={-1}
            aria-hidden="true"
            accept="image/*,.heic,.heif,.avif,.tif,.tiff,.webp"
            data-testid="file"
            onChange={({ currentTarget }) => {
              const files = [...(currentTarget.files ?? [])];
              // Lets the same photo be chosen again after an error.
              currentTarget.value = '';
              start(openFiles(files));
            }}
          />
        </div>
        <p class="privacy">
          <Icon name="lock" />
          <span>{t.start.privacy}</span>
        </p>
        <details class="more phone" data-testid="phone">
          <summary>{t.start.phone}</summary>
          <ul class="plain-list">
            {t.start.phoneWays.map((way) => (
              <li key={way}>{way}</li>
            ))}
          </ul>
        </details>
      </main>
    </>
  );
}

/** A photo may be dropped anywhere on the page: outside the zone, the browser would leave the page to show it. */
function useFileDrop(isOver: { value: boolean }): void {
  useEffect(() => {
    const onDragOver = (event: DragEvent) => {
      event.preventDefault();
      isOver.value = true;
    };
    const onDragLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) isOver.value = false;
    };
    const onDrop = (event: DragEvent) => {
      event.preventDefault();
      isOver.value = false;
      start(openFiles([...(event.dataTransfer?.files ?? [])]));
    };
    const onPaste = (event: ClipboardEvent) => start(openFiles([...(event.clipboardData?.files ?? [])]));
    document.addEventListener('dragover', onDragOver);
    document.addEventListener('dragleave', onDragLeave);
    document.addEventListener('drop', onDrop);
    document.addEventListener('paste', onPaste);
    return () => {
      document.removeEventListener('dragover', onDragOver);
      document.removeEventListener('dragleave', onDragLeave);
      document.removeEventListener('drop', onDrop);
      document.removeEventListener('paste', onPaste);
    };
  }, []);
}
