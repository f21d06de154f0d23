import { effect, signal } from '@preact/signals';
import { ALIVE_EVERY, type PhotoView, type QueueEntry, type SessionView } from '../../api.js';
import { fileProblem } from '../model/file-problem.js';
import { t } from '../strings/index.js';
import { api, ApiFailure, isStranger } from './api-client.js';
import { failureWords } from './failure-words.js';
import { inform, notice, onPhotoLost, report } from './notices.js';
import { PhotoEditor } from './photo-editor.js';
import { startQueue } from './queue.js';

export type Screen = 'loading' | 'fatal' | 'start' | 'photo' | 'queue';

export const screen = signal<Screen>('loading');
export const session = signal<SessionView | undefined>(undefined);
export const photo = signal<PhotoEditor | undefined>(undefined);
export const isOpening = signal(false);
export const fatal = signal('');

/** Asks the server what this session is about and shows its first screen. */
export async function begin(): Promise<void> {
  try {
    await api.begin();
    session.value = await api.session();
  } catch (error) {
    fatal.value = failureWords(error);
    screen.value = 'fatal';
    return;
  }
  stayAlive();
  effect(() => {
    if (isStranger.value) leavePhoto();
  });
  onPhotoLost(() => {
    if (photo.value) home();
  });
  if (session.value.hasBatch) startQueue(session.value);
  home();
}

/** The screen from which work starts: the queue of a batch, or the place to drop a photo. */
export function home(): void {
  leavePhoto();
  screen.value = session.value?.hasBatch ? 'queue' : 'start';
}

/** The place to drop a photo. */
export function toStart(): void {
  leavePhoto();
  screen.value = 'start';
}

/** Opens the first of the files that a person gave. */
export async function openFiles(files: readonly File[]): Promise<void> {
  const [file] = files;
  if (!file || isOpening.value) return;
  notice.value = undefined;
  const problem = fileProblem(file.size, session.value?.maxBytes ?? Infinity);
  if (problem) {
    report(new ApiFailure(problem, 413, ''));
    return;
  }
  if (files.length > 1) inform(t.start.onlyOne);
  await opening(() => api.openFile(file));
}

/** Opens the original of a photo of the batch. */
export async function openEntry(entry: QueueEntry): Promise<void> {
  notice.value = undefined;
  await opening(() => api.openEntry(entry.seq), entry);
}

async function opening(open: () => Promise<PhotoView>, entry?: QueueEntry): Promise<void> {
  if (isOpening.value) return;
  isOpening.value = true;
  try {
    const view = await open();
    leavePhoto();
    photo.value = new PhotoEditor(view, entry);
    screen.value = 'photo';
  } catch (error) {
    report(error);
  } finally {
    isOpening.value = false;
  }
}

function leavePhoto(): void {
  photo.value?.close();
  photo.value = undefined;
}

function stayAlive(): void {
  const say = () => {
    // One missed beat is no error; a call that a person waits for will report it.
    api.alive().catch(() => undefined);
  };
  // A hidden page's own timers are slowed down so much that its photo would be dropped.
  const beat = new Worker(new URL('./beat.ts', import.meta.url), { type: 'module' });
  beat.addEventListener('message', say);
  beat.postMessage(ALIVE_EVERY);
  addEventListener('pagehide', leavePhoto);
  // A page that comes back from the browser's cache has lost its photo.
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) home();
  });
}
