import { effect, signal } from '@preact/signals';
import { ALIVE_EVERY, type PhotoView, type QueueEntry, type SessionView } from '../../api.js';
import { fileProblem } from '../model/file-problem.js';
import { t } from '../strings/index.js';
import { api, ApiFailure, isStranger } from './api-client.js';
import { failureWords } from './failure-words.js';
import { answerLeaving, askToLeave, type LeaveAnswer } from './leaving.js';
import { addPhotos, endPhoto, photoIsOpen, takePhoto, waiting } from './line.js';
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
  endPhoto('left');
  leavePhoto();
  screen.value = session.value?.hasBatch ? 'queue' : 'start';
}

/** The place to drop a photo. */
export function toStart(): void {
  endPhoto('left');
  leavePhoto();
  screen.value = 'start';
}

/** Asks before changes are lost, and then goes. */
export async function leaveFor(go: () => void): Promise<void> {
  if (!photo.value?.hasUnsaved.value || (await askToLeave()) === 'go') go();
}

/** Opens the files that a person gave, one after the other; while a photo is open that is not saved, asks when. */
export async function openFiles(files: readonly File[]): Promise<void> {
  if (files.length === 0) return;
  const answer = await whenToOpen(files);
  if (answer === 'stay') return;
  addPhotos(files, answer === 'go');
  if (answer === 'go') await nextPhoto();
  else inform(t.work.line.added(files.length));
}

async function whenToOpen(files: readonly File[]): Promise<LeaveAnswer> {
  if (isOpening.value) return 'later';
  return photo.value && !photo.value.isSaved.value ? askToLeave(files.length) : 'go';
}

/** Leaves the photo that is open for the next one that waits; those that cannot be opened are told and passed over. */
export async function nextPhoto(): Promise<void> {
  if (isOpening.value) return;
  notice.value = undefined;
  for (let file = takePhoto(); file; file = takePhoto()) {
    if (await openFile(file)) {
      photoIsOpen();
      return;
    }
    endPhoto('failed');
  }
}

async function openFile(file: File): Promise<boolean> {
  const problem = fileProblem(file.size, session.value?.maxBytes ?? Infinity);
  if (!problem) return opening(() => api.openFile(file));
  report(new ApiFailure(problem, 413, ''));
  return false;
}

/** Opens the original of a photo of the batch. */
export async function openEntry(entry: QueueEntry): Promise<void> {
  notice.value = undefined;
  await opening(() => api.openEntry(entry.seq), entry);
}

async function opening(open: () => Promise<PhotoView>, entry?: QueueEntry): Promise<boolean> {
  if (isOpening.value) return false;
  isOpening.value = true;
  try {
    const view = await open();
    leavePhoto();
    photo.value = new PhotoEditor(view, entry);
    screen.value = 'photo';
    return true;
  } catch (error) {
    report(error);
    return false;
  } finally {
    isOpening.value = false;
  }
}

function leavePhoto(): void {
  answerLeaving('stay');
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
  addEventListener('beforeunload', (event) => {
    if (photo.value?.hasUnsaved.value || waiting.value > 0) event.preventDefault();
  });
  addEventListener('pagehide', leavePhoto);
  // A page that comes back from the browser's cache has lost its photo.
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) home();
  });
}
