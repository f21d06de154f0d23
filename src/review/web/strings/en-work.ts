/** What the page says about work that goes on: leaving it, several photos, what was left visible. */
export const enWork = {
  leave: {
    title: 'This photo is not saved',
    text: 'What you have changed on it is lost when you leave it.',
    stay: 'Go on with this photo',
    go: 'Leave it without saving',
  },
  dropped: {
    title: 'Another photo, while this one is not saved',
    text: (count: number) =>
      count === 1 ? 'When should the new photo be opened?' : `When should the ${count} new photos be opened?`,
    later: 'After this one',
    now: 'Now: leave this one without saving',
  },
  line: {
    place: (at: number, all: number) => `Photo ${at} of ${all}`,
    list: 'Photos in line',
    states: {
      waiting: 'waits',
      open: 'open now',
      saved: 'saved',
      left: 'left without saving',
      failed: 'could not be opened',
    },
    waiting: (count: number) => (count === 1 ? '1 photo waits' : `${count} photos wait`),
    next: 'Next photo',
    skip: 'Skip: next photo',
    goOn: 'Go on',
    another: 'Another photo',
    added: (count: number) =>
      count === 1 ? '1 photo added to the line.' : `${count} photos added to the line.`,
  },
  left: {
    heading: 'Left visible by you',
    back: 'Cover again',
    backOf: (name: string) => `Cover again: ${name}`,
    price: (covered: string, now: string) => `Raises the risk from ${covered} to ${now}.`,
    free: 'Does not change the risk.',
  },
  saved: {
    where: 'In the folder where your browser puts downloads, often “Downloads”.',
  },
  languageName: 'English',
  languageHint: 'Show this page in French',
};
