import { mentionsIn } from '../../caption/index.js';
import type { Box } from '../../core/geometry.js';
import { cropAroundKeep } from '../../fit/index.js';
import { DEFAULT_SETTINGS, fitPolicy, type ProcessSettings } from '../../pipeline/index.js';
import type { Edit } from '../api.js';

/** The settings that publish a photo at its largest. */
export const FULL_SIZE: ProcessSettings = { ...DEFAULT_SETTINGS, destination: 'clinical' };

/** An edit before a person has decided anything. */
export const NO_EDIT: Edit = {
  shapes: [],
  leftOpen: [],
  keep: [],
  cropToKeep: false,
  style: DEFAULT_SETTINGS.style,
  extent: DEFAULT_SETTINGS.extent,
  faces: DEFAULT_SETTINGS.faces,
  destination: DEFAULT_SETTINGS.destination,
  attestNone: [],
  caption: '',
};

/** The settings that an edit asks for. @param maxRisk the limit of the run that the photo belongs to */
export function settingsOfEdit(
  { shapes: _, leftOpen: __, caption, ...chosen }: Edit,
  maxRisk?: number,
): ProcessSettings {
  return {
    ...DEFAULT_SETTINGS,
    ...chosen,
    ...(maxRisk !== undefined && { maxRisk }),
    ...(caption.trim() !== '' && { caption: mentionsIn(caption) }),
  };
}

/** The part of a photo of that size that an edit publishes; undefined when it is the whole photo. */
export function partOfEdit(
  edit: Edit,
  size: { readonly width: number; readonly height: number },
): Box | undefined {
  return cropAroundKeep(fitPolicy(settingsOfEdit(edit)).cropAround, size);
}
