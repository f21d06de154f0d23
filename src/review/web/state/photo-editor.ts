import { batch, computed, signal } from '@preact/signals';
import type { DetectionKind } from '../../../core/detection.js';
import type { Edit, PhotoView, QueueEntry, RiskView, Shape } from '../../api.js';
import { thingsOf, type FoundThing } from '../model/found-things.js';
import { pushState, rebase, redo, startHistory, undo, type History } from '../model/history.js';
import { mergeRegions } from '../model/merge-regions.js';
import { editOfRegions, isKeep, regionOfKeep, type Region, type Regions } from '../model/region.js';
import { api } from './api-client.js';
import { report, start } from './notices.js';
import { Picture } from './picture.js';

/** What a person chooses besides the regions. */
export type Settings = Pick<Edit, 'cropToKeep' | 'style' | 'extent' | 'faces' | 'destination' | 'caption'> & {
  readonly attestNone: readonly DetectionKind[];
};

const FIRST_SETTINGS: Settings = {
  cropToKeep: false,
  style: 'blur',
  extent: 'usual',
  faces: 'whole',
  destination: 'public',
  attestNone: [],
  caption: '',
};

/** Keystrokes and small steps in quick succession become one call. In milliseconds. */
const EDIT_PAUSE = 80;
const PICTURE_PAUSE = 200;

/** The editor of an open photo: what the server knows, what a person has changed, and the calls between the two. */
export class PhotoEditor {
  readonly view;
  /** The entry that is edited, when the photo belongs to a batch. */
  readonly entry: QueueEntry | undefined;
  readonly history = signal<History<Regions>>(startHistory<Regions>({ list: [], removed: [] }));
  /** The regions while something is dragged, not yet a step of the history. */
  readonly dragged = signal<Regions | undefined>(undefined);
  readonly settings = signal(FIRST_SETTINGS);
  readonly selected = signal<string | undefined>(undefined);
  /** The caption that the risk is based on. */
  readonly checkedCaption = signal('');
  readonly isUpdating = signal(false);
  readonly hasFailed = signal(false);
  /** The regions when the person last stated that nothing else shows. */
  readonly seen = signal<readonly Region[]>([]);
  /** What the last full check found, and of which edit. */
  readonly checked = signal<{ readonly edit: string; readonly risk: RiskView } | undefined>(undefined);
  readonly isChecked = computed(() => this.checked.value?.edit === JSON.stringify(this.edit));
  /** The risk of the edit as far as it is known: that of the full check once it was made. */
  readonly risk = computed(() => {
    const checked = this.checked.value;
    return checked && this.isChecked.value ? checked.risk : this.view.value.risk;
  });
  readonly regions = computed(() => this.dragged.value ?? this.history.value.now);
  readonly before: Picture;
  readonly after: Picture;

  readonly #ending = new AbortController();
  readonly #keys = new WeakMap<FoundThing, string>();
  #nextKey = 1;
  #merged = '';
  #sent = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;
  #isWaiting = false;
  #forget: (() => Promise<unknown>) | undefined;

  constructor(view: PhotoView, entry?: QueueEntry) {
    this.view = signal(view);
    const { keep, ...opened } = view.opened;
    this.settings.value = { ...FIRST_SETTINGS, ...opened };
    const list = keep.map((box) => regionOfKeep(box, this.newKey()));
    this.history.value = startHistory({ list, removed: [] });
    this.entry = entry;
    this.before = new Picture((signal) => api.picture(view.id, 'before', signal));
    this.after = new Picture((signal) => api.picture(view.id, 'after', signal));
    this.#merge(view.autoShapes);
    start(
      api.forgetLater(view.id).then((forget) => {
        this.#forget = forget;
      }),
    );
    this.before.load(0);
    this.#schedule();
    this.#waitUntilReady();
  }

  /** A key for a new region. */
  newKey(): string {
    return String(this.#nextKey++);
  }

  /** @param about see pushState */
  change(regions: Regions, about?: string): void {
    batch(() => {
      this.dragged.value = undefined;
      this.history.value = pushState(this.history.value, regions, about);
      this.#dropCropWithoutKeep();
    });
    this.#schedule();
  }

  undo(): void {
    this.history.value = undo(this.history.value);
    this.#schedule();
  }

  redo(): void {
    this.history.value = redo(this.history.value);
    this.#schedule();
  }

  set(settings: Partial<Settings>): void {
    this.settings.value = { ...this.settings.value, ...settings };
    this.#schedule();
  }

  /** The edit that the server has, or will be sent. */
  get edit(): Edit {
    const regions = this.history.value.now;
    const { attestNone, cropToKeep, ...settings } = this.settings.value;
    return {
      ...editOfRegions(regions),
      ...settings,
      cropToKeep: cropToKeep && regions.list.some(isKeep),
      attestNone: [...attestNone],
    };
  }

  /** Waits until the server has the last edit; false when it could not be sent. */
  async settle(): Promise<boolean> {
    clearTimeout(this.#timer);
    while (this.#running || JSON.stringify(this.edit) !== this.#sent) {
      await (this.#running ?? this.#send());
      if (this.hasFailed.value) return false;
    }
    return true;
  }

  retry(): void {
    this.#sent = '';
    this.#schedule();
  }

  /** Ends all calls and lets the server forget the photo. */
  close(): void {
    clearTimeout(this.#timer);
    this.#ending.abort();
    this.before.close();
    this.after.close();
    // If this call fails, the server forgets the photo after some silence.
    this.#forget?.().catch(() => undefined);
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    if (JSON.stringify(this.edit) === this.#sent) return;
    this.isUpdating.value = true;
    this.after.cancel();
    this.#timer = setTimeout(() => start(this.#send()), EDIT_PAUSE);
  }

  /** Makes one call at a time, so that an older edit never arrives after a newer one. */
  async #send(): Promise<void> {
    if (this.#running || JSON.stringify(this.edit) === this.#sent) return;
    this.#running = this.#sendNow();
    try {
      await this.#running;
    } finally {
      this.#running = undefined;
    }
    if (!this.hasFailed.value && !this.#ending.signal.aborted) this.#schedule();
  }

  async #sendNow(): Promise<void> {
    const { edit } = this;
    this.#sent = JSON.stringify(edit);
    try {
      const view = await api.edit(this.view.value.id, edit, this.#ending.signal);
      batch(() => {
        this.hasFailed.value = false;
        this.isUpdating.value = false;
        this.checkedCaption.value = edit.caption;
        this.#take(view);
      });
      this.after.load(PICTURE_PAUSE - EDIT_PAUSE);
    } catch (error) {
      if (this.#ending.signal.aborted) return;
      this.#sent = '';
      this.hasFailed.value = true;
      this.isUpdating.value = false;
      report(error);
    }
  }

  /** Waits for a thorough look that goes on: the first, or one for a photo that will be published larger. */
  #waitUntilReady(): void {
    if (this.view.value.state === 'ready' || this.#isWaiting) return;
    this.#isWaiting = true;
    start(
      this.#lookDone().finally(() => {
        this.#isWaiting = false;
      }),
    );
  }

  async #lookDone(): Promise<void> {
    this.#take(await api.ready(this.view.value.id, this.#ending.signal));
    // The risk of what was drawn meanwhile is not known yet.
    this.#sent = '';
    this.#schedule();
  }

  #take(view: PhotoView): void {
    // An answer from before a thorough look may arrive after it.
    const isOld = view.looks < this.view.value.looks;
    if (isOld) {
      this.view.value = { ...this.view.value, risk: view.risk };
      return;
    }
    batch(() => {
      this.view.value = view;
      this.#merge(view.autoShapes);
    });
    this.#waitUntilReady();
  }

  #merge(autoShapes: readonly Shape[]): void {
    const list = JSON.stringify(autoShapes);
    if (list === this.#merged) return;
    this.#merged = list;
    const things = thingsOf(autoShapes);
    const keyOf = (thing: FoundThing): string => {
      const key = this.#keys.get(thing) ?? this.newKey();
      this.#keys.set(thing, key);
      return key;
    };
    this.history.value = rebase(this.history.value, (regions) => mergeRegions(regions, things, keyOf));
    if (this.dragged.value) this.dragged.value = mergeRegions(this.dragged.value, things, keyOf);
  }

  #dropCropWithoutKeep(): void {
    const hasKeep = this.history.value.now.list.some(isKeep);
    if (!hasKeep && this.settings.value.cropToKeep) {
      this.settings.value = { ...this.settings.value, cropToKeep: false };
    }
  }
}
