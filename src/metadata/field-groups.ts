import type { MetadataGroup } from '../core/metadata.js';

export interface FieldMeaning {
  readonly group: MetadataGroup;
  readonly identifying: boolean;
}

/** First match wins. Matched against a field's name without its namespace; names follow exiftool and the XMP specification. */
const MEANINGS: readonly (readonly [pattern: RegExp, group: MetadataGroup])[] = [
  [/^(thumbnail|preview|jpegifoffset|jpeginterchange|photoshopthumbnail|otherimage)/i, 'preview'],
  [
    /^(manifest|c2pa|jumbf|history|documentancestors|derivedfrom|provenance|digitalsourcetype)/i,
    'provenance',
  ],
  [
    /^(documentid|instanceid|originaldocumentid|imageuniqueid|imageid|uniqueid|contentidentifier)/i,
    'provenance',
  ],
  [
    /^(hdrgainmap|gainmap|hdrgm|depth|auxiliaryimage|subifd|motionphoto|microvideo|container|mpf)/i,
    'hidden-image',
  ],
  [/^gps(date|time)/i, 'place'],
  [/^gps|^geo|^(latitude|longitude|altitude)|^modelt(iepoint|ransform)|^modelpixelscale/i, 'place'],
  [/^(sub-?location|location|city|state|province|country|region$|worldregion|destination|place)/i, 'place'],
  [/(date|time(?!lap)|timezone|offsettime|subsec|^created?$|^modif(y|ied)$|^when$)/i, 'time'],
  [
    /^(artist|owner|ownername|cameraownername|creator$|author|xpauthor|by-?line|byline|credit|copyright|rights)/i,
    'person',
  ],
  [
    /^(person|regions?$|regioninfo|faces?|writer|caption-?writer|contact|creatorcontact|usageterms|webstatement)/i,
    'person',
  ],
  [
    /^(photographer|patient|email|address|phone|subject|keywords|xpkeywords|xpsubject|source$|displayname)/i,
    'person',
  ],
  [
    /(^|[a-z])(usercomment|comment|description|caption|headline|title|objectname|instructions|notes?)/i,
    'comment',
  ],
  [/^(documentname|pagename|xptitle|specialinstructions|label$|warning|imagehistory)/i, 'comment'],
  [
    /^(make|model|serial|body|camera|lens|hostcomputer|device|internalserial|firmware|makernote|maker|uniquecamera)/i,
    'device',
  ],
  [/(serialnumber|ownerid|lensmodel|cameraid)/i, 'device'],
  [
    /^(software|processingsoftware|creatortool|program|originatingprogram|application|xmptoolkit|toolkit|encoder)/i,
    'software',
  ],
];

/** Fields that say nothing about a person, a place or one device: how to show the pixels, or how they were exposed. */
const HARMLESS =
  /^(image(width|height|length)|bitspersample|compression|photometric|orientation|samplesperpixel|planarconfig|[xy]resolution|resolutionunit|[xy]?cbcr|ycbcr|strip|tile|rowsper|exif(version|image)|components|colorspace|flashpixversion|pixel[xy]|jfif|density|thumbnail(width|height)$|interop|exposure|fnumber|iso|photographicsensitivity|sensitivity|shutter|aperture|brightness|maxaperture|meteringmode|lightsource|flash$|focal|scene|customrendered|whitebalance|whitepoint|primarychrom|digitalzoom|gaincontrol|contrast|saturation|sharpness|subjectdistance|filesource|sensing|compressedbits|predictor|extrasamples|sampleformat|colormap|fillorder|subfiletype|newsubfile|oldsubfile|pagenumber|transferfunction|referenceblack|cfapattern|gamma|interlace|filter|colortype|bitdepth|xresolution|profile|rendering|mediawhite|mediablack|redmatrix|greenmatrix|bluematrix|redtrc|greentrc|bluetrc|chromaticadaptation|luminance|viewing|measurement|technology|cmm|connection)/i;

/** XMP namespaces of portraits, motion photos and gain maps (Google, Adobe, Apple): what they hold is another picture. */
const HIDDEN_NAMESPACES =
  /^(gdepth|gimage|gaudio|gcontainer|container|item|hdrgm|hdrgainmap|apdi|depthdata):/i;

/** The group of one metadata field by its name; an unknown name counts as identifying. */
export function meaningOfField(name: string): FieldMeaning {
  if (HIDDEN_NAMESPACES.test(name)) return { group: 'hidden-image', identifying: true };
  const bare = name.slice(name.indexOf(':') + 1);
  if (/^exposure(time|program|mode|bias)/i.test(bare) || /^thumbnail(width|height)$/i.test(bare)) {
    return { group: 'other', identifying: false };
  }
  for (const [pattern, group] of MEANINGS) {
    if (pattern.test(bare)) return { group, identifying: true };
  }
  return { group: 'other', identifying: !HARMLESS.test(bare) };
}
