/** What a piece of metadata reveals. */
export const METADATA_GROUPS = [
  'place',
  'time',
  'device',
  'person',
  'software',
  'preview',
  'hidden-image',
  'provenance',
  'colour-profile',
  'comment',
  'trailing',
  'other',
] as const;
export type MetadataGroup = (typeof METADATA_GROUPS)[number];

/** One thing found in a source or in a written file. Values are never kept: a field's name is enough. */
export interface MetadataFinding {
  /** Where it lies: "exif", "xmp", "iptc", "icc", "jpeg:APP13", "png:tEXt", "heif:item", "trailing", … */
  readonly part: string;
  /** The field's name in that part, for example "GPSLatitude"; absent when the part is the finding. */
  readonly field?: string;
  readonly group: MetadataGroup;
  /** False when it says nothing about a person or device, such as an orientation. */
  readonly identifying: boolean;
}

/** One stretch of a container: a JPEG segment, PNG chunk, RIFF chunk, TIFF tag, ISOBMFF box or item, GIF block. */
export interface ContainerPart {
  /** The format's own name, e.g. "APP1", "tEXt", "VP8X", "tag 34853", "meta/iinf/Exif", "trailing". */
  readonly name: string;
  /** Byte offset in the file. */
  readonly offset: number;
  /** Bytes, header included. */
  readonly length: number;
  /** True when a cleaned file of this format may hold this part, content included. */
  readonly allowed: boolean;
  /** Set when the part says something beyond the pixels; absent on structural parts. */
  readonly finding?: MetadataFinding;
}
