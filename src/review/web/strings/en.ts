import { REASON_NAMES } from '../../../words/reason-names.js';
import { enLooked, enMeaning } from './en-attest.js';
import { enFrames } from './en-frames.js';
import { enGroups } from './en-groups.js';
import { enBulk, enInitials, enQueue } from './en-queue.js';
import { enRun } from './en-run.js';
import { enStart } from './en-start.js';
import { enWork } from './en-work.js';

/** Everything the page says, in English; the other languages have the same keys, which their types enforce. */
export const en = {
  product: 'image-deid',
  title: 'De-identify a photo',
  local: 'Nothing leaves this machine.',
  loading: 'Starting…',
  close: 'Close',
  cancel: 'Cancel',
  dismiss: 'Dismiss',
  start: enStart,
  photo: {
    heading: 'Photo',
    quick: 'Looking closely…',
    quickHint: 'More outlines may still appear.',
    ready: 'The whole photo has been examined.',
    another: 'Another photo',
    toQueue: 'Back to the queue',
    picture: 'The photo with outlines of what will be covered',
    pictureAlt: 'The photo as it is',
    resultAlt: 'The photo as it will be saved',
    editorHelp:
      'Tab goes from outline to outline. Arrow keys move it, Shift and arrow keys resize it, Delete removes it.',
    tools: 'Tools',
    cover: 'Cover an area',
    coverHint: 'Drag a rectangle over what should be covered.',
    outline: 'Draw around',
    outlineHint: 'Draw around what should be covered; it closes by itself.',
    keep: 'Keep the lesion',
    keepHint: 'Drag a rectangle around the lesion: it will not be covered.',
    undo: 'Undo',
    redo: 'Redo',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    compare: 'Compare with the original',
    compareResult: 'Result',
    compareOriginal: 'Original',
    compareValue: (share: string) => `${share} of the original shown`,
    updating: 'Updating the picture…',
    failed: 'The picture could not be updated.',
    retry: 'Try again',
  },
  regions: {
    heading: 'What will be covered',
    none: 'Nothing was found that has to be covered. Add an area if you see something.',
    keepHeading: 'What stays visible',
    name: (kind: string, number: number) => `${kind} ${number}`,
    where: {
      row: ['top', 'middle', 'bottom'],
      column: ['left', 'centre', 'right'],
      both: (row: string, column: string) => `${row} ${column}`,
    },
    label: (name: string, where: string) => `${name}, ${where}`,
    remove: (name: string) => `Remove ${name}`,
    kind: (name: string) => `What is ${name}?`,
    removed: (name: string) => `${name} removed. Undo brings it back.`,
    added: (name: string) => `${name} added.`,
    fixed: 'It follows the face: remove it or draw another area, but it cannot be moved or resized.',
    crop: 'Crop to the lesion',
    cropSize: (width: number, height: number) =>
      `${width} × ${height} pixels of the photo are left: what is inside the white frame.`,
    keepTip: 'Mark the lesion with “Keep the lesion” so that it is never covered.',
  },
  features: {
    heading: 'Seen without a face',
    hint: 'Mostly what the photo is taken to show: not covered unless you choose to.',
    names: { eye: 'Eye', nose: 'Nose', mouth: 'Mouth', ear: 'Ear' },
    cover: (name: string) => `Cover ${name}`,
    coverShort: 'Cover',
  },
  kinds: { face: 'Face', tattoo: 'Tattoo', text: 'Text', code: 'Code', other: 'Other', keep: 'Lesion' },
  metadata: {
    heading: 'Hidden in the file',
    place: (latitude: number, longitude: number) =>
      `${Math.abs(latitude).toFixed(2)} ${latitude < 0 ? 'S' : 'N'} ${Math.abs(longitude).toFixed(2)} ${longitude < 0 ? 'W' : 'E'}`,
    taken: ({
      place,
      date,
      device,
    }: {
      place?: string;
      date?: string;
      device?: string;
    }): string | undefined => {
      if (place !== undefined) {
        return `Taken at ${[place, date, device].filter((part) => part !== undefined).join(', ')} – removed.`;
      }
      if (date !== undefined) return `Taken ${date}${device === undefined ? '' : `, ${device}`} – removed.`;
      return device === undefined ? undefined : `Taken with ${device} – removed.`;
    },
    also: (list: string) => `Also removed: ${list}.`,
    only: (list: string) => `Removed: ${list}.`,
    none: 'The file holds nothing that identifies anybody.',
    groups: {
      place: 'the place',
      time: 'dates and times',
      device: 'the camera or its serial number',
      person: 'names of people',
      software: 'the software used',
      preview: 'a small preview picture',
      'hidden-image': 'a hidden second picture',
      provenance: 'the file’s history',
      'colour-profile': 'the colour profile',
      comment: 'comments',
      trailing: 'data after the end of the picture',
      other: 'other data',
    },
  },
  guide: {
    ask: 'Is what you want to show on the face?',
    yes: 'Yes',
    no: 'No',
    mark: 'Mark it',
    markHint: 'Drag a rectangle around it, as small as it can be.',
    placeHint: 'Arrow keys move it, Shift and arrow keys resize it. Press Enter when it is right.',
    placed: 'It is right',
    choose: 'How much of the face should stay visible?',
    chooseHint: 'Beside each: the risk that remains, if the full check finds nothing.',
    waiting: 'Working out the risks…',
    ways: {
      patch: 'Only this patch',
      skin: 'Skin of the face, without eyes, nose, mouth',
      covered: 'Nothing: all covered',
    },
    advised: 'Recommended',
    risk: (share: string) => `Risk ${share}`,
    enough: (destination: string) => `Safe enough for: ${destination}`,
    notEnough: (destination: string) => `Not safe enough for: ${destination}`,
    impossible: 'Not possible here.',
    again: 'Change the mark',
    reopen: 'Choose how much of the face stays visible',
    onFeature: 'Move the mark or make it smaller, until it lies beside them.',
  },
  risk: {
    heading: 'Risk that the patient is recognised',
    before: 'As it was',
    after: 'As it will be saved',
    limit: (most: string) => `limit ${most}`,
    low: (destination: string) => `Low enough for: ${destination}`,
    high: (destination: string) => `Too high for: ${destination}`,
    announce: (after: string, verdict: string) => `Remaining risk ${after}. ${verdict}`,
    why: 'Why',
    reasonsBefore: 'Before',
    reasonsAfter: 'After',
    noReasons: 'Nothing raises it.',
    note: 'The full check when you save may say more.',
  },
  settings: {
    heading: 'Who will see it',
    destinations: {
      public: 'Anybody',
      professional: 'Colleagues',
      clinical: 'The treating team',
    },
    destinationHints: {
      public: 'an open network',
      professional: 'a closed network of doctors',
      clinical: 'teledermatology',
    },
    style: 'How it is covered',
    styles: { blur: 'Blur', pixelate: 'Mosaic', solid: 'Solid' },
    faces: 'What of a face is covered',
    faceCovers: { whole: 'All of it', features: 'Leave the skin' },
    faceHints: {
      whole: 'The whole head; a marked lesion in it stays visible where it holds no feature.',
      features:
        'Eyes, nose, mouth, ears, hairline and outline; the skin stays where all of them were seen with confidence.',
    },
    extent: 'How much is covered',
    extents: { usual: 'Usual', wide: 'More' },
    extentHints: {
      usual: 'The face with most of the head; tattoos, text and codes closely.',
      wide: 'The whole head with hair and ears, a single eye, nose, mouth or ear; more around tattoos, text and codes.',
    },
  },
  attest: {
    heading: 'What the tool could not examine',
    check: {
      face: 'I have looked: there is no face left to cover.',
      tattoo: 'I have looked: there is no tattoo left to cover.',
      text: 'I have looked: there is no text left to cover.',
      code: 'I have looked: there is no code left to cover.',
    },
    kinds: {
      face: 'Faces could not be looked for',
      tattoo: 'Tattoos could not be looked for',
      text: 'Text could not be looked for',
      code: 'Codes could not be looked for',
    },
  },
  caption: {
    heading: 'Caption',
    label: 'Text that goes with the photo (checked here, never stored)',
    placeholder: 'Optional',
    found: 'This leads to the patient:',
    clean: 'Nothing found that leads to the patient.',
    classes: {
      name: 'a name',
      date: 'a date',
      'age-above-89': 'an age above 89',
      place: 'a place',
      identifier: 'a number of a record or person',
      contact: 'a telephone number or an address',
    },
    select: (what: string, text: string) => `${what}: ${text}`,
  },
  save: {
    button: 'Save',
    accept: 'Accept with these changes',
    waiting: 'Looking closely…',
    checking: 'Checking the result…',
    checkingHint: 'The photo is written, read again and attacked.',
    saved: (name: string) => `Saved as ${name}`,
    savedHint: 'If you rename it, add nothing that leads to the patient.',
    lookTitle: 'Please look at the result',
    lookIntro: 'The tool cannot be sure of this photo by itself:',
    lookAsk: 'Is everything covered that could lead to the patient?',
    looked: 'I have looked at the result: save it',
    lookedAccept: 'I have looked at the result: accept it',
    change: 'Go back and change it',
    blockedTitle: 'This photo is not safe enough',
    refusedTitle: 'This photo must not be shared like this',
    blockedIntro: (after: string, most: string) =>
      `The remaining risk is ${after}; at most ${most} is accepted.`,
    whyTitle: 'Why',
    helpTitle: 'What would help',
    override: 'Save it all the same…',
    overrideAccept: 'Accept it all the same…',
    overrideLabel: 'Your reason, which is recorded',
    overrideNeeded: (least: number) => `At least ${least} characters.`,
    overrideButton: 'Save with this reason',
    overrideButtonAccept: 'Accept with this reason',
    reasonFound: 'This would be recorded as you typed it, and it leads to a person:',
    reasonChange: 'Change the reason',
    reasonConfirm: 'It leads to nobody: record it as it is',
    noOverride: 'No reason is enough here: the written file itself is at fault. Change the photo instead.',
    allChecks: 'All checks',
    status: {
      found: 'something found',
      'not-found': 'nothing found',
      'could-not-tell': 'no answer',
    },
    size: (width: number, height: number, size: string) => `${width} × ${height} pixels, ${size}`,
    kilobytes: (value: string) => `${value} KB`,
  },
  hints: {
    caption: 'Take out of the caption what is marked in it.',
    attest: 'Look for what the tool could not examine, and tick that you have looked.',
    smallerKeep: 'Make the kept area smaller, so that it holds the lesion only.',
    looked: 'Look at the result yourself, and tick that nothing else shows.',
    crop: 'Mark the lesion and crop the photo to it.',
    cover: 'Cover what can still be seen or read.',
    solid: 'Cover with solid areas instead.',
    narrower: 'Share it with fewer people: choose colleagues or the treating team.',
  },
  /** Names for the sorts of reasons whose sentences contain figures. */
  reasonNames: REASON_NAMES.en,
  frames: enFrames,
  work: enWork,
  looked: enLooked,
  meaning: enMeaning,
  groups: enGroups,
  run: enRun,
  queue: enQueue,
  bulk: enBulk,
  initials: enInitials,
  errors: {
    unknown: 'Something went wrong.',
    offline: 'The tool does not answer. Start “image-deid review” again and open the address that it prints.',
    originalGone: 'The original of this photo is no longer there.',
    codes: {
      used: 'This address was used already, and each is good for one page. “image-deid review” has printed a new one in its window: open that.',
      stranger:
        'This page can no longer be sure that it talks to the tool that opened it: another program answers now. It got no photo, and nothing that it could read. Close this page, start “image-deid review” again and open the address that it prints.',
      gone: 'The photo is no longer held. Open it again.',
      crashed: 'The photo made the tool stop. Nothing was saved; the tool is ready for another photo.',
      stopped:
        'The photo took too long and was given up. Nothing was saved; the tool is ready for another photo.',
      busy: 'Too many photos are being opened. Try again in a moment.',
      'reason-identifies': 'The reason seems to name somebody. Nothing was recorded.',
    },
  },
};

/** The words of one language. */
export type Strings = typeof en;
