import { ImageDeidError } from '../../core/errors.js';
import { visibleVersions } from '../../imaging/visible-versions.js';
import type { ContextScout } from '../contract.js';
import { contextOf } from './findings.js';
import { loadHandModel } from './hands.js';
import { loadObjectModel } from './objects.js';

let opened: Promise<ContextScout> | undefined;

/** Loads the models once per process. @throws {ImageDeidError} model-missing, model-mismatch, engine-unavailable */
export function openContextScout(): Promise<ContextScout> {
  return (opened ??= loadScout());
}

async function loadScout(): Promise<ContextScout> {
  const [objects, hands] = [await loadObjectModel(), await loadHandModel()];
  return {
    models: [objects.identity, hands.identity],
    look: async (image, detections) => {
      // A photo with transparency is laid on grey, as a viewer shows it.
      const [version] = visibleVersions(image);
      if (!version) return [];
      try {
        return contextOf(await objects.find(version), await hands.find(version), detections, version);
      } catch (cause) {
        throw new ImageDeidError({ id: 'error/detector-failed/surroundings', values: {} }, 'detect', {
          cause,
        });
      }
    },
  };
}
