/** Outlines on a 24 × 24 grid; decoration only: the control beside them has a name. */
const PATHS = {
  cover: 'M4 6h16v12H4z M4 12l6-6 M4 18L16 6 M10 18L20 8 M16 18l4-4',
  outline: 'M12 4c5 0 8 3 8 7s-3 4-4 7-6 2-8 0-4-4-4-8 3-6 8-6z',
  keep: 'M4 9V4h5 M15 4h5v5 M20 15v5h-5 M9 20H4v-5 M12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z',
  undo: 'M9 7L4 12l5 5 M4 12h10a6 6 0 0 1 6 6',
  redo: 'M15 7l5 5-5 5 M20 12H10a6 6 0 0 0-6 6',
  plus: 'M12 5v14 M5 12h14',
  minus: 'M5 12h14',
  remove: 'M5 7h14 M10 11v6 M14 11v6 M7 7l1 13h8l1-13 M9 7V4h6v3',
  close: 'M6 6l12 12 M18 6L6 18',
  lock: 'M6 11h12v9H6z M8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  photo: 'M4 5h16v14H4z M4 16l5-5 4 4 3-3 4 4 M15.5 8.5h.01',
  check: 'M5 13l4 4L19 7',
  warn: 'M12 4l9 16H3z M12 10v4 M12 17h.01',
  help: 'M9 9a3 3 0 1 1 4 3c-.7.4-1 1-1 2 M12 18h.01',
  back: 'M10 6l-6 6 6 6 M4 12h16',
  edit: 'M4 20h4L19 9l-4-4L4 16z M13 7l4 4',
  file: 'M7 3h7l5 5v13H7z M14 3v5h5',
} as const;

export function Icon({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
