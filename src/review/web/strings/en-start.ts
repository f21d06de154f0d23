/** What the page says before a photo is open. */
export const enStart = {
  heading: 'Prepare a photo of a patient’s skin for sharing',
  intro: 'Drop it in, look at what will be hidden, and save what may be shown.',
  drop: 'Drop a photo here',
  or: 'or',
  choose: 'Choose a photo',
  formats: (mib: string) => `JPEG, PNG, HEIC, WebP, TIFF, AVIF or GIF, up to ${mib} MB`,
  privacy:
    'Nothing leaves this machine: the photo is only held in memory, and is forgotten when you close this page.',
  phone: 'A photo on your phone? How to bring it here without a cloud',
  phoneWays: [
    'By cable: unlock the phone, allow this computer to see its photos, and copy the photo over.',
    'Nearby: AirDrop from an iPhone to a Mac, Quick Share from an Android phone to Windows. Keep both beside each other until it is done: out of reach, AirDrop can go on over the internet. Where Quick Share asks how it may use data, choose without internet.',
    'By memory card: where the phone has one, put it into this computer’s reader.',
    'Not by e-mail, messenger or synchronised folder: these keep a copy elsewhere. A phone that backs up its photos to a cloud has put this one there, too.',
  ],
  opening: 'Opening the photo…',
  onlyOne: 'One photo at a time: the first one was opened.',
  toQueue: 'Back to the review queue',
};
