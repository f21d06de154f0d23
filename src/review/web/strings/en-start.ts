/** What the page says before a photo is open. */
export const enStart = {
  heading: 'Prepare a photo of a patient’s skin for sharing',
  intro: 'Drop it in, look at what will be hidden, and save what may be shown.',
  drop: 'Drop one or more photos here',
  or: 'or',
  choose: 'Choose photos',
  formats: (mib: string) => `JPEG, PNG, HEIC, WebP, TIFF, AVIF or GIF, up to ${mib} MB`,
  privacy:
    'Nothing leaves this machine: the photo is only held in memory, and is forgotten when you close this page.',
  opening: 'Opening the photo…',
  toQueue: 'Back to the review queue',
};
