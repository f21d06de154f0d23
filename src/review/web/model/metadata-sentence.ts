import { METADATA_GROUPS, type MetadataGroup } from '../../../core/metadata.js';
import type { MetadataSummary } from '../../api.js';
import type { Strings } from '../strings/en.js';

/** What was in the file besides its pixels, in sentences: the values that matter, and what else there was. */
export function metadataSentences(metadata: MetadataSummary, t: Strings, locale: string): string[] {
  const { place, taken, device } = metadata;
  const told = t.metadata.taken({
    ...(place ? { place: t.metadata.place(place.latitude, place.longitude) } : {}),
    ...(taken === undefined ? {} : { date: dateInWords(taken, locale) }),
    ...(device === undefined ? {} : { device }),
  });
  const isTold = (group: MetadataGroup) =>
    (group === 'place' && place !== undefined) ||
    (group === 'time' && taken !== undefined) ||
    (group === 'device' && device !== undefined);
  const others = METADATA_GROUPS.filter((group) => (metadata.groups[group] ?? 0) > 0 && !isTold(group));
  const names = others.map((group) => t.metadata.groups[group]);
  const also = new Intl.ListFormat(locale, { type: 'conjunction' }).format(names);
  if (told === undefined && names.length === 0) return [t.metadata.none];
  return [
    ...(told === undefined ? [] : [told]),
    ...(names.length === 0 ? [] : [told === undefined ? t.metadata.only(also) : t.metadata.also(also)]),
  ];
}

/** "2024-03-14T10:02:11" as "14 March 2024": the day is the camera's own, so no time zone may change it. */
function dateInWords(taken: string, locale: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(taken);
  if (!match) return taken;
  const [, year, month, day] = match;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(date);
}
