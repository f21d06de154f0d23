/** What around a lesion can narrow down who it is, where no detector redacts it. */
export const CONTEXT_IDS = ['several-people', 'hand-ridges', 'screen', 'room', 'street'] as const;
export type ContextId = (typeof CONTEXT_IDS)[number];

export interface ContextFinding {
  readonly id: ContextId;
  /** In plain words, for people. */
  readonly details: string;
}

/** What no bundled model can see, in plain words: that nothing was found says nothing of these. */
export const UNSEEN_CONTEXT = 'eyes and irises, ears, jewellery, badges and cards, windows and views';
