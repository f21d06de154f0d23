import { useEffect, useMemo, useRef } from 'preact/hooks';
import { api, ApiFailure, type QueuePictureKind } from '../state/api-client.js';
import { Picture } from '../state/picture.js';
import { t } from '../strings/index.js';
import { Icon } from './icon.js';

interface QueuePictureProps {
  readonly seq: number;
  /** "outlined" is small and shows what was covered; where there is none, the written photo stands in. */
  readonly which: QueuePictureKind;
  readonly alt: string;
}

/** A photo of the batch; fetched once it comes near the visible part of the page. */
export function QueuePicture({ seq, which, alt }: QueuePictureProps) {
  const place = useRef<HTMLDivElement>(null);
  const picture = useMemo(() => new Picture((signal) => fetchPicture(seq, which, signal)), [seq, which]);
  useEffect(() => {
    const watched = place.current;
    if (!watched) return undefined;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return;
        observer.disconnect();
        picture.load(0);
      },
      { rootMargin: '300px' },
    );
    observer.observe(watched);
    return () => {
      observer.disconnect();
      picture.close();
    };
  }, [picture]);
  return (
    <div class="queue-picture" ref={place}>
      {picture.url.value ? (
        <img src={picture.url.value} alt={alt} />
      ) : (
        <Blank isLoading={picture.isLoading.value} />
      )}
    </div>
  );
}

/** Stands where nothing was written. */
export function NoPicture() {
  return (
    <div class="queue-picture">
      <Blank isLoading={false} />
    </div>
  );
}

function Blank({ isLoading }: { isLoading: boolean }) {
  return (
    <span class="queue-no-picture">
      <Icon name="photo" />
      {!isLoading && <span class="unseen">{t.queue.noPicture}</span>}
    </span>
  );
}

async function fetchPicture(
  seq: number,
  which: QueuePictureKind,
  signal: AbortSignal,
): Promise<Blob | undefined> {
  try {
    return await api.queuePicture(seq, which, signal);
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    if (which === 'outlined' && error.status === 404) return api.queuePicture(seq, 'picture', signal);
    // An original may be gone, or be what the tool refused to read: its place says so.
    if (which === 'original' && [410, 422].includes(error.status)) return undefined;
    throw error;
  }
}
