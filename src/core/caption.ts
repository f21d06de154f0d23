/** What in a caption can lead to a person. */
export const CAPTION_CLASSES = ['name', 'date', 'age-above-89', 'place', 'identifier', 'contact'] as const;
export type CaptionClass = (typeof CAPTION_CLASSES)[number];

/** That something was found, without its length and column: those would hint at what it says. */
export type CaptionMention = Pick<CaptionFinding, 'class' | 'line'>;

/** Where something was found; what it says is never kept. */
export interface CaptionFinding {
  readonly class: CaptionClass;
  /** In UTF-16 units from the start of the text. */
  readonly start: number;
  readonly length: number;
  /** From 1. */
  readonly line: number;
  /** From 1, in characters. */
  readonly column: number;
}
