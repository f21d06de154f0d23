import { signal } from '@preact/signals';
import { report, start } from './notices.js';
import { wasCancelled } from './failure-words.js';

/** A picture that takes a proven call to fetch: held as a blob, shown by its address, freed when it is replaced. */
export class Picture {
  readonly url = signal<string | undefined>(undefined);
  readonly isLoading = signal(false);
  readonly #fetch: (signal: AbortSignal) => Promise<Blob | undefined>;
  #controller: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;

  /** @param fetchPicture gives nothing when there is no such picture */
  constructor(fetchPicture: (signal: AbortSignal) => Promise<Blob | undefined>) {
    this.#fetch = fetchPicture;
  }

  /** Fetches it after a pause, in milliseconds; a fetch that is under way is cancelled. */
  load(pause: number): void {
    this.cancel();
    this.isLoading.value = true;
    this.#timer = setTimeout(() => start(this.#load()), pause);
  }

  /** Cancels a fetch that is under way; the picture that is shown stays. */
  cancel(): void {
    clearTimeout(this.#timer);
    this.#controller?.abort();
    this.isLoading.value = false;
  }

  close(): void {
    this.cancel();
    this.#isClosed = true;
    this.#show(undefined);
  }

  async #load(): Promise<void> {
    const controller = new AbortController();
    this.#controller = controller;
    try {
      const blob = await this.#fetch(controller.signal);
      if (this.#isClosed || controller.signal.aborted) return;
      this.#show(blob && URL.createObjectURL(blob));
    } catch (error) {
      if (wasCancelled(error) || controller.signal.aborted) return;
      report(error);
    }
    this.isLoading.value = false;
  }

  #show(url: string | undefined): void {
    const old = this.url.value;
    this.url.value = url;
    if (old !== undefined) URL.revokeObjectURL(old);
  }
}
