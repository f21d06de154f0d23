/** What around a lesion can narrow down who the patient is and no detector redacts. */
export const CONTEXT_IDS = ['several-people', 'hand-ridges', 'screen', 'room', 'street'] as const;
export type ContextId = (typeof CONTEXT_IDS)[number];

/** Things that show a screen, a room or a street. */
export const THINGS = [
  'tv', 'laptop', 'cell phone', 'chair', 'couch', 'potted plant', 'bed', 'dining table', 'toilet', 'keyboard', 'microwave',
  'oven', 'sink', 'refrigerator', 'book', 'clock', 'vase', 'bicycle', 'car', 'motorcycle', 'bus', 'train', 'truck', 'boat',
  'traffic light', 'fire hydrant', 'stop sign', 'parking meter', 'bench',
] as const; // prettier-ignore
export type Thing = (typeof THINGS)[number];

export type ContextFinding =
  | { readonly id: 'several-people'; readonly people: number }
  /** `pixels`: about how many there are from one ridge to the next. */
  | { readonly id: 'hand-ridges'; readonly pixels: number }
  | { readonly id: 'screen' | 'room' | 'street'; readonly things: readonly Thing[] };
