import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Language } from '../core/language.js';
import type { StoredRecord } from './contract.js';
import { PRIVATE_FILE, replaceFile, unlessAbsent } from './durable-files.js';
import type { Ledger } from './ledger.js';
import { REPORT, REVIEW_REPORT, thumbnail, type OutputPlace } from './output-place.js';
import { reportRecords } from './report-entries.js';
import { renderReport, type ReportEntry } from './report.js';
import type { Tally } from './tally.js';

/** A report with more pictures than this is too heavy for a browser. */
const MOST_PICTURES = 500;

/**
 * Writes report.html, which shows what was cleared and nothing else, and review/report.html, which is private: pictures
 * that a person must still look at must not go out with what was cleared. What was rejected is shown by neither. Comes
 * before the summary, which vouches for what may be shared.
 * @param tally of the whole ledger
 * @returns SHA-256 of report.html
 */
export async function writeReports(
  place: OutputPlace,
  ledger: Ledger,
  tally: Tally,
  isInterrupted: boolean,
  language: Language,
): Promise<string> {
  const records = await reportRecords(ledger, tally);
  const { outcomes } = tally;
  const photos = { shared: outcomes.cleared, private: outcomes.review + outcomes.refused };
  const render = async (kind: 'shared' | 'private') =>
    renderReport(
      {
        kind,
        outcomes,
        isInterrupted,
        photos: photos[kind],
        entries: await withPictures(place, records[kind]),
      },
      language,
    );
  const shared = await render('shared');
  await replaceFile(join(place.folder, REPORT), shared);
  const path = join(place.folder, REVIEW_REPORT);
  if (photos.private > 0) await replaceFile(path, await render('private'), PRIVATE_FILE);
  else await rm(path, { force: true });
  return createHash('sha256').update(shared).digest('hex');
}

async function withPictures(place: OutputPlace, records: readonly StoredRecord[]): Promise<ReportEntry[]> {
  const entries: ReportEntry[] = [];
  let pictures = 0;
  for (const record of records) {
    const hasPicture = record.output !== undefined && pictures < MOST_PICTURES;
    if (hasPicture) pictures++;
    const picture = async (kind: 'plain' | 'outlined') =>
      hasPicture
        ? unlessAbsent(readFile(thumbnail(place, record.decisionOf ?? record.seq, kind), 'base64'))
        : undefined;
    const [plain, outlined] = [await picture('plain'), await picture('outlined')];
    entries.push({
      record,
      ...(plain !== undefined && { plain }),
      ...(outlined !== undefined && { outlined }),
    });
  }
  return entries;
}
