import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { openFiles, screen } from '../state/app.js';
import { start } from '../state/notices.js';

/** Whether a file is held over the page. */
export const isOver = signal(false);

/** Photos may be dropped or pasted anywhere, at any time: otherwise the browser would leave the page to show them. */
export function useFileDrop(): void {
  useEffect(() => {
    const take = (files: FileList | undefined) => {
      const isBusy =
        ['loading', 'fatal'].includes(screen.value) || document.querySelector('dialog[open]') !== null;
      if (!isBusy) start(openFiles([...(files ?? [])]));
    };
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
      take(event.dataTransfer?.files);
    };
    const onPaste = (event: ClipboardEvent) => take(event.clipboardData?.files);
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
