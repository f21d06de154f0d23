import * as z from 'zod/mini';
import { none } from '../../../core/finding.js';
import { declareCheck } from '../../contract.js';

/** Peak-to-correlation energies. */
const energy = z.strictObject({ energy: z.number(), limit: z.number() });

export const SENSOR_NOISE = declareCheck({
  id: 'sensor-noise',
  // It matters where the photo must not be linkable to its camera: see `suppressesNoise` of each destination.
  consequence: { public: 'review', professional: 'count', clinical: 'count' },
  mayOverride: true,
  factor: {
    probability: 0.05,
    basis: 'judgement',
    source: 'links to other photos of one camera, whose owner is the doctor: Lukáš, Fridrich and Goljan 2006',
    hipaa: ['M'],
    wp216: ['linkability'],
    dicom: [113100],
  },
  findings: {
    'sensor-noise/no-frame': none,
    'sensor-noise/not-registered': none,
    'sensor-noise/tells-camera': energy,
    'sensor-noise/below-limit': energy,
  },
  words: {
    en: {
      name: 'Noise of the camera’s sensor',
      factor: 'The noise of the sensor links it to its camera',
      findings: {
        'sensor-noise/no-frame': 'There is no frame whose noise could be compared',
        'sensor-noise/not-registered':
          'The written photo could not be laid on the original: their noise was not compared',
        'sensor-noise/tells-camera': ({ energy: found, limit }, to) =>
          `The noise of the sensor can tell the camera (peak-to-correlation energy ${to.number(found)}, limit ${to.number(limit)})`,
        'sensor-noise/below-limit': ({ energy: found, limit }, to) =>
          `The noise of the sensor stays below the limit, which does not rule out that it tells the camera (peak-to-correlation energy ${to.number(found)}, limit ${to.number(limit)})`,
      },
    },
    fr: {
      name: 'Bruit du capteur de l’appareil',
      factor: 'Le bruit du capteur relie la photo à son appareil',
      findings: {
        'sensor-noise/no-frame': 'Il n’y a aucune image dont le bruit puisse être comparé',
        'sensor-noise/not-registered':
          'La photo écrite n’a pas pu être superposée à l’original : leur bruit n’a pas été comparé',
        'sensor-noise/tells-camera': ({ energy: found, limit }, to) =>
          `Le bruit du capteur peut désigner l’appareil (énergie de corrélation ${to.number(found)}, limite ${to.number(limit)})`,
        'sensor-noise/below-limit': ({ energy: found, limit }, to) =>
          `Le bruit du capteur reste sous la limite, ce qui n’exclut pas qu’il désigne l’appareil (énergie de corrélation ${to.number(found)}, limite ${to.number(limit)})`,
      },
    },
  },
});
