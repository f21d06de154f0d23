import { mentionsIn } from '../../caption/index.js';
import type { Box } from '../../core/geometry.js';
import { cropAroundKeep } from '../../fit/index.js';
import { fitPolicy } from '../../pipeline/fit-policy.js';
import { DEFAULT_SETTINGS, type ProcessSettings } from '../../pipeline/settings.js';
import type { Edit } from '../api.js';

/** Nothing is published larger. */
export const FULL_SIZE: ProcessSettings = { ...DEFAULT_SETTINGS, destination: 'clinical' };

/** What a person has decided before they decide anything. */
export const NO_EDIT: Edit = {
  shapes: [],
  keep: [],
  cropToKeep: false,
  style: DEFAULT_SETTINGS.style,
  extent: 'usual',
  destination: DEFAULT_SETTINGS.destination,
  attestNone: [],
  caption: '',
};

/** The settings that an edit asks for. */
export function settingsOfEdit(edit: Edit): ProcessSettings {
  const { keep, cropToKeep, style, extent, destination, attestNone, caption } = edit;
  return {
    ...DEFAULT_SETTINGS,
    keep,
    cropToKeep,
    style,
    ...(extent === 'wide' && { extent }),
    destination,
    attestNone: [...new Set(attestNone)].sort(),
    ...(caption.trim() !== '' && { caption: mentionsIn(caption) }),
  };
}

/** The part of a photo of that size that an edit publishes; undefined for all of it. */
export function partOfEdit(
  edit: Edit,
  size: { readonly width: number; readonly height: number },
): Box | undefined {
  return cropAroundKeep(fitPolicy(settingsOfEdit(edit)).cropAround, size);
}
