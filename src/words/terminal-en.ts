import { counted } from './counted.js';

/** What commands print besides findings, in English; other languages have the same keys, which their types enforce. */
export const terminalEn = {
  /** Events of a run that are not about a single photo. */
  notes: {
    'ledger-repaired': () =>
      'A crash had torn off the last line of the ledger; it is repaired, and its photo is treated again.',
    'ledger-set-aside': (count: number) =>
      `${count} lines at the end of the ledger did not hold; they lie in .state/set-aside, and their photos are treated again.`,
    'photos-set-aside': (count: number) =>
      `${count} photos that no sound record knows were taken out of the folder; they lie in .state/set-aside.`,
    'folders-unlisted': (count: number) =>
      `${count} folders inside the input cannot be listed: what lies in them is not treated. Give yourself the right to read them, and the same command again.`,
    'keep-files-stray': (count: number) =>
      `${count} keep files belong to no photo, and are not used: the one of rash.jpg is called rash.jpg.keep.json.`,
    'files-beside-photos': (count: number) =>
      `${count === 1 ? '1 other file lies' : `${count} other files lie`} beside the photos. Such files (metadata of other programs, notes, previews) often hold names and places: they are not copied, and stay where they are.`,
    'beside-not-used': (count: number) =>
      `Beside ${count} photos lies a keep file or a caption that is none, and was not used: "notUsed" in the ledger says which.`,
    'keep-outside': (count: number) =>
      `In ${count} photos a region to keep lies outside the photo, and keeps nothing: "keepOutside" in the ledger and the report say in which.`,
    withdrawn: (count: number) =>
      `${count === 1 ? '1 photo was' : `${count} photos were`} replaced in the folder: what had been made of the earlier one was taken out of the output and lies in .state/withdrawn. Where it was shared already, it is still shared.`,
    unfinished: (count: number) =>
      `${count === 1 ? '1 file was' : `${count} files were`} left alone, as a name that begins with a dot, or with .part, .crdownload, .download or .tmp at its end, says that it is not finished.`,
    stopping: () => 'Stopping after the photos in work; once more to stop at once.',
    stopped: () => 'Stopped. Every finished photo is kept; give the same command again to go on.',
    'summary-not-written': () =>
      'The summary and the reports could not be written: those in the output folder, if there are any, are of an earlier state.',
    'worker-started': () => 'Waiting for photos.',
    'worker-stopped': () => 'Stopped. No photo is in work here any more.',
    'no-worker': () => 'No worker is there: the photos wait until "image-deid worker" is started somewhere.',
    'queue-open': () =>
      'The connection to the queue is not encrypted: paths of photos can be read on the way.',
    'queue-lost': () => 'The queue cannot be reached; trying again until it can.',
    'queue-back': () => 'The queue can be reached again.',
  },
  looking: 'Looking for photos.',
  /** Printed on a terminal only. */
  refused: (file: string, why: string) => `refused  ${file}: ${why}`,
  failed: (sentence: string) => `image-deid: ${sentence}`,
  tryHelp: 'Try: image-deid --help',
  progress: {
    photos: (done: number, total?: number) => `${done}${total === undefined ? '' : ` of ${total}`} photos: `,
    cleared: (count: number) => `${count} cleared`,
    review: (count: number) => `${count} to review`,
    refused: (count: number) => `${count} refused`,
    known: (count: number) => `${count} done before`,
    changed: (count: number) => `${count} changed since`,
    left: (time: string) => `${time} left`,
  },
  summary: {
    photos: (photos: number, cleared: number, review: number, refused: number, beside: number) =>
      `${photos} photos: ${cleared} cleared, ${review} to review, ${refused} refused${beside > 0 ? `; ${beside} ${beside > 1 ? 'files' : 'file'} beside them stayed behind` : ''}`,
    report: (path: string) => `  report   ${path}`,
    cleared: (path: string) => `  cleared  ${path}`,
    review: (path: string) => `  review   ${path}: look at each before you share it`,
    why: (path: string) => `  why      ${path}: not to be shared`,
    /** @param command to be typed as it stands */
    look: (count: number, command: string) =>
      `  look     ${count === 1 ? '1 photo needs' : `${count} photos need`} a look: ${command}`,
    names: (command: string) => `  names    which file became which photo: ${command}`,
    share:
      'Before you share the folder, copy it and run "image-deid verify COPY --clean": .state holds the photos\' old names.',
    dryRun: (photos: number, refused: number) =>
      `${photos} photos, ${refused} would be refused. Nothing was written.`,
  },
  inspection: {
    refused: (why: string, code: string) => `refused: ${why} (${code})`,
    size: (format: string, width: number, height: number, frames: number) =>
      `${format}, ${width} × ${height} pixels${frames > 1 ? `, ${frames} frames` : ''}`,
    noMetadata: 'metadata: nothing that identifies',
    metadata: (group: string, count: number) => `metadata: ${group} (${count})`,
    covered: (what: string) => `would be covered: ${what}`,
    nothing: 'nothing',
    features: (what: string) => `without a face around: ${what} (covered with --extent wide)`,
    text: (what: string) => `text looks like: ${what}`,
    textStays: (count: number) => `text that stays: ${count}`,
    notExamined: (why: string) => `not examined: ${why}`,
    riskBefore: (risk: string) => `risk before: ${risk}`,
  },
  /** A number of things of one kind, feature or class of text. */
  things: {
    face: counted('face', 'faces'),
    tattoo: counted('tattoo', 'tattoos'),
    text: counted('text', 'text'),
    code: counted('code', 'codes'),
    eye: counted('eye', 'eyes'),
    nose: counted('nose', 'noses'),
    mouth: counted('mouth', 'mouths'),
    ear: counted('ear', 'ears'),
    name: counted('name', 'names'),
    date: counted('date', 'dates'),
    phone: counted('phone', 'phones'),
    email: counted('email', 'emails'),
    identifier: counted('identifier', 'identifiers'),
    address: counted('address', 'address'),
    number: counted('number', 'numbers'),
    other: counted('other', 'other'),
  },
  groups: {
    place: 'place (GPS position, names of places)',
    time: 'time (when the photo was taken or changed)',
    device: 'device (camera or phone, lens, serial numbers)',
    person: 'person (names of owners, authors, people shown)',
    software: 'software (what the photo was made or edited with)',
    preview: 'preview (a small copy of the photo, perhaps from before an edit)',
    'hidden-image': 'hidden image (further pictures, depth or gain maps, video)',
    provenance: 'provenance (history, identifiers, signed origin)',
    'colour-profile': 'colour profile (may name a device or its maker)',
    comment: 'comment (free text)',
    trailing: 'trailing data (bytes after the end of the image)',
    other: 'other (could not be read, or meaning not known)',
  },
  verify: {
    removed: (file: string) => `removed  ${file}`,
    writtenAnew: (file: string) => `written anew  ${file}`,
    nothingRemoved: 'Nothing was removed: the ledger or its summary does not hold.',
    failed: (file: string, problem: string) => `FAILED  ${file}: ${problem}`,
    unproven: (file: string, problem: string) => `UNPROVEN  ${file}: ${problem}`,
    private: (file: string) => `PRIVATE  ${file}: not to be shared`,
    note: (file: string, problem: string) => `note  ${file}: ${problem}`,
    counts: (photos: number, records: number, run: number | undefined, problems: number) =>
      `${photos} photos, ${records} records${run === undefined ? '' : `, run ${run}`}: ${problems === 0 ? 'all as the ledger says' : `${problems} problems`}`,
    signed: 'Signed; --public-key KEY.pub tells by whom.',
    signedWithKey: 'Signed with this key.',
    adopted: (upTo: number) => `Records up to ${upTo} were taken over unsigned by whoever signed.`,
    notAsked: 'Not asked whether it may be shared (--private).',
    mayNot: 'It may not be shared: see what is named above.',
    leaveReview: (photos: number) => ` Leave review/ out, unless its ${photos} photos are meant to go too.`,
    gone: (files: string) => `these are gone: ${files}`,
    attributes: (files: string) => `the attributes of these are: ${files}`,
    mayWhen: (parts: readonly string[]) =>
      `It may be shared when ${parts.join(', and ')}. "verify --clean" does that.`,
    may: 'It may be shared as it is.',
    attributesUnknown:
      ' Whether its files carry attributes could not be told on this machine; "verify --clean" leaves none.',
  },
  doctor: {
    threads: (count: number) => `threads    ${count}`,
    coreDumps: (left: 'system' | 'nothing' | 'photos' | 'photos-without-proc') =>
      `core dumps ${
        {
          system: 'left to the system: a crash leaves none unless it was told to',
          nothing: 'a crash leaves nothing of a photo',
          photos: 'a crash may leave photos on the disk',
          'photos-without-proc': 'a crash may leave photos on the disk: there is no /proc',
        }[left]
      }`,
    pixels: (libraries: string) => `pixels     ${libraries}`,
    /** @param extension absent when the format is only read */
    format: (title: string, extension: string | undefined) =>
      `format     ${title}: ${extension === undefined ? 'read; written as JPEG' : `read and written as .${extension}`}`,
    /** @param doubt in English, as the list of models has it */
    model: (id: string, licence: string, doubt?: string) =>
      `model      ${id}: ${licence}${doubt === undefined ? '' : ` (${doubt})`}`,
    loaded: (id: string, engine: string) => `loaded     ${id} on ${engine}`,
    /** @param name of the kind in this language */
    missing: (name: string, kind: string) =>
      `missing    no model for ${name}: photos need review or --attest no-${kind}`,
    allLoad: 'All bundled models load and match their hashes.',
    failed: (sentence: string) => `FAILED     ${sentence}`,
  },
  status: (waiting: number, active: number, done: number, failed: number, workers: number, jobs: number) =>
    [
      `waiting  ${waiting}`,
      `in work  ${active}`,
      `done     ${done}, to be published by "enqueue"`,
      `failed   ${failed}`,
      `workers  ${workers}, for ${jobs} photos at once`,
    ].join('\n'),
  keygen: {
    secret: 'secret; whoever has it can sign for you',
    public: 'give it to whoever checks your runs, by another way than the photos',
  },
  names: {
    columns: { source: 'source', output: 'output', outcome: 'outcome', reason: 'reason' },
    outcomes: { cleared: 'cleared', review: 'review', refused: 'refused' },
    /** @param why what they typed to let the photo out */
    decided: (who: string | undefined, why: string | undefined) =>
      `decided by ${who ?? 'a person'}${why === undefined ? '' : `: ${why}`}`,
    none: 'No photo has a record yet.',
  },
  review: {
    opened: 'Only this machine can open it, and only once. Ctrl-C ends it and drops every photo.',
    again: 'A new address: the last one was used, and each is good for one page.',
  },
};

export type TerminalWords = typeof terminalEn;
