import type { Signal } from '@preact/signals';
import { t } from '../strings/index.js';
import type { PhotoEditor } from '../state/photo-editor.js';
import { addInMiddle, type Tool } from './editing.js';
import { Icon } from './icon.js';

export const MOST_ZOOM = 6;

interface ToolbarProps {
  readonly photo: PhotoEditor;
  readonly tool: Signal<Tool | undefined>;
  readonly zoom: Signal<number>;
  /** Marks a lesion for keys to move. */
  readonly addKeep: () => void;
}

/** Buttons that add and undo, and set the size of the picture. */
export function Toolbar({ photo, tool, zoom, addKeep }: ToolbarProps) {
  const { past, future } = photo.history.value;
  const hints = { cover: t.photo.coverHint, outline: t.photo.outlineHint, keep: t.photo.keepHint };
  return (
    <>
      <div class="toolbar" role="toolbar" aria-label={t.photo.tools}>
        {(['cover', 'outline', 'keep'] as const).map((name) => (
          <button
            key={name}
            type="button"
            class="tool"
            data-testid={`tool-${name}`}
            aria-pressed={tool.value === name}
            onClick={(event) => {
              // Pressed by a key: there is no pointer to draw with.
              if (event.detail > 0) tool.value = tool.value === name ? undefined : name;
              else if (name === 'keep') addKeep();
              else addInMiddle(photo, 'other');
            }}
          >
            <Icon name={name} />
            <span>{t.photo[name]}</span>
          </button>
        ))}
        <span class="toolbar-gap" />
        <IconTool name="undo" label={t.photo.undo} isOff={past.length === 0} act={() => photo.undo()} />
        <IconTool name="redo" label={t.photo.redo} isOff={future.length === 0} act={() => photo.redo()} />
        <IconTool
          name="minus"
          label={t.photo.zoomOut}
          isOff={zoom.value <= 1}
          act={() => {
            zoom.value = Math.max(1, zoom.value / 1.5);
          }}
        />
        <IconTool
          name="plus"
          label={t.photo.zoomIn}
          isOff={zoom.value >= MOST_ZOOM}
          act={() => {
            zoom.value = Math.min(MOST_ZOOM, zoom.value * 1.5);
          }}
        />
      </div>
      {tool.value && (
        <p class="tool-hint" role="status">
          {hints[tool.value]}
        </p>
      )}
    </>
  );
}

interface IconToolProps {
  readonly name: 'undo' | 'redo' | 'plus' | 'minus';
  readonly label: string;
  readonly isOff: boolean;
  readonly act: () => void;
}

/** Can be focused even while it is off, so that the last step does not lose the focus. */
function IconTool({ name, label, isOff, act }: IconToolProps) {
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={label}
      title={label}
      aria-disabled={isOff}
      data-testid={`tool-${name}`}
      onClick={() => {
        if (!isOff) act();
      }}
    >
      <Icon name={name} />
    </button>
  );
}
