import { signal } from '@preact/signals';
import type { CheckView, Override } from '../../api.js';
import { api, ApiFailure } from './api-client.js';
import { t } from '../strings/index.js';
import { notice, report } from './notices.js';
import type { PhotoEditor } from './photo-editor.js';
import { decideOn, withInitials } from './queue.js';

/** How far saving has come. */
export type SaveStep =
  | { readonly at: 'idle' }
  | { readonly at: 'checking' }
  | { readonly at: 'look' | 'blocked'; readonly check: CheckView; readonly isBusy: boolean }
  | { readonly at: 'saved'; readonly name: string; readonly edit: string };

/** Saves a photo: the full check, a person's look or reason when the check asks for it, and the file. */
export class Saving {
  readonly step = signal<SaveStep>({ at: 'idle' });
  readonly #photo: PhotoEditor;
  readonly #done: () => void;
  #controller: AbortController | undefined;

  /** @param done called when a photo of a batch was accepted */
  constructor(photo: PhotoEditor, done: () => void) {
    this.#photo = photo;
    this.#done = done;
  }

  async begin(): Promise<void> {
    if (this.step.value.at === 'checking') return;
    const controller = new AbortController();
    notice.value = undefined;
    this.#controller = controller;
    this.step.value = { at: 'checking' };
    try {
      if (!(await this.#photo.settle())) {
        this.cancel();
        return;
      }
      const check = await api.check(this.#photo.view.value.id, controller.signal);
      if (controller.signal.aborted) return;
      this.#photo.checked.value = { edit: JSON.stringify(this.#photo.edit), risk: check.risk };
      if (check.outcome === 'cleared') await this.#finish(check, {});
      else this.step.value = { at: check.asks === 'look' ? 'look' : 'blocked', check, isBusy: false };
    } catch (error) {
      if (controller.signal.aborted) return;
      report(error);
      this.step.value = { at: 'idle' };
    }
  }

  /** The person has looked at the result. */
  async looked(): Promise<void> {
    await this.#from((check) => this.#finish(check, { hasLooked: true }));
  }

  /** The person takes the responsibility, with a reason. */
  async override(override: Override): Promise<void> {
    await this.#from((check) => this.#finish(check, { hasLooked: true, override }));
  }

  cancel(): void {
    this.#controller?.abort();
    this.step.value = { at: 'idle' };
  }

  async #from(finish: (check: CheckView) => Promise<void>): Promise<void> {
    const step = this.step.value;
    if ((step.at !== 'look' && step.at !== 'blocked') || step.isBusy) return;
    this.step.value = { ...step, isBusy: true };
    try {
      await finish(step.check);
    } catch (error) {
      report(error);
      this.step.value = { ...step, isBusy: false };
    }
  }

  async #finish(
    check: CheckView,
    { hasLooked = false, override }: { hasLooked?: boolean; override?: Override },
  ): Promise<void> {
    const { entry, view } = this.#photo;
    try {
      if (entry) {
        const edited = view.value.id;
        const isDecided = await withInitials((initials) =>
          decideOn(entry, { decision: 'accept', initials, edited, ...override }),
        );
        this.step.value = { at: 'idle' };
        if (isDecided) this.#done();
        return;
      }
      const { file, name = `photo.${check.extension}` } = await api.save(view.value.id, {
        hasLooked,
        ...override,
      });
      download(file, name);
      this.step.value = { at: 'saved', name, edit: JSON.stringify(this.#photo.edit) };
    } catch (error) {
      // Looking was not enough, or the saved photo is not the one that was checked.
      if (!(error instanceof ApiFailure && error.code === 'not-cleared')) throw error;
      if (override) notice.value = { tone: 'error', text: t.save.noOverride };
      this.step.value = { at: 'blocked', check, isBusy: false };
    }
  }
}

function download(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser reads the address only some time after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
