import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Language } from '../core/language.js';
import { reasonNamer, speakerOf } from '../words/index.js';
import { PRIVATE_FILE, replaceFile, Replacement } from './durable-files.js';
import type { Ledger } from './ledger.js';
import { REPORT, REVIEW_REPORT, TABLE, type OutputPlace } from './output-place.js';
import { reportRecords, type ReportRecords } from './report-entries.js';
import {
  privatePictures,
  removeOtherPictures,
  sharePictures,
  type ReportPictures,
} from './report-pictures.js';
import { renderReport } from './report.js';
import { TABLE_HEAD, tableLine } from './summary-table.js';
import type { Summary } from './summary.js';
import type { Tally } from './tally.js';

/**
 * Writes report.html with its pictures, which shows what may be shared and nothing else; review/report.html, which is
 * private: what waits, what was refused, and what people decided and why; and summary.csv. Pictures of what was
 * rejected are in neither report. Comes before the summary, which vouches for what may be shared.
 * @param tally of the whole ledger
 * @returns SHA-256 of each file that may be shared; the report vouches for its pictures
 */
export async function writeReports(
  place: OutputPlace,
  ledger: Ledger,
  tally: Tally,
  isInterrupted: boolean,
  language: Language,
): Promise<NonNullable<Summary['files']>> {
  const { records, sha256: tableSha256 } = await writeTable(place, ledger, tally, language);
  const { reports, ...run } = records;
  const facts = { ...run, isInterrupted, date: new Date() };
  const render = (kind: 'shared' | 'private', pictures: ReportPictures) =>
    renderReport({ ...facts, kind, overview: reports[kind], pictures }, language);
  const pictures = await sharePictures(place, reports.shared.entries);
  const report = render('shared', pictures);
  await replaceFile(join(place.folder, REPORT), report);
  const sha256 = createHash('sha256').update(report).digest('hex');
  await removeOtherPictures(place, pictures);
  const path = join(place.folder, REVIEW_REPORT);
  const { entries } = reports.private;
  if (entries.length > 0) {
    await replaceFile(path, render('private', await privatePictures(place, entries)), PRIVATE_FILE);
  } else await rm(path, { force: true });
  return { [REPORT]: sha256, [TABLE]: tableSha256 };
}

/** Writes summary.csv, as the ledger is read; it has as many lines as there are photos. */
async function writeTable(
  place: OutputPlace,
  ledger: Ledger,
  tally: Tally,
  language: Language,
): Promise<{ readonly records: ReportRecords; readonly sha256: string }> {
  const to = speakerOf(language);
  const table = await Replacement.begin(join(place.folder, TABLE));
  try {
    table.add(TABLE_HEAD);
    const records = await reportRecords(ledger, tally, reasonNamer(language, to), (photo) => {
      table.add(tableLine(photo, to));
    });
    return { records, sha256: await table.finish() };
  } catch (error) {
    await table.drop();
    throw error;
  }
}
