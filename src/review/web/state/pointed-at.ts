import { signal } from '@preact/signals';

/** The keys of the regions whose row the pointer or the focus is on: the picture shows where they lie. */
export const pointedAt = signal<readonly string[]>([]);

/** What makes a row show regions in the picture. */
export function pointing(keys: readonly string[]) {
  const show = () => {
    pointedAt.value = keys;
  };
  const hide = () => {
    pointedAt.value = [];
  };
  return { onMouseEnter: show, onMouseLeave: hide, onFocusIn: show, onFocusOut: hide };
}
