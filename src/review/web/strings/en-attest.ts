/** What the page says about numbers, and about what a person states. */
export const enLooked = {
  heading: 'Have you looked?',
  check: 'I have looked at the result: no other face, tattoo, text or code shows.',
  hint: 'It halves what may have been missed, counts in the risk above, and is recorded as your statement when you save.',
  withdrawn: 'Less is covered than when you looked: please look again.',
};

export const enMeaning = {
  heading: (most: string) => `What does ${most} mean?`,
  estimate: 'An estimate of the chance that somebody who sees only this photo learns who the patient is.',
  rate: (most: string, photos: string) =>
    `At ${most}, about ${photos} of 100 such photos would lead to their patient.`,
  limits: {
    public:
      '9 % (one in eleven) is what European and Canadian authorities accept for data that anybody can see.',
    professional: '20 % (one in five) is usual for named recipients who are bound by an agreement.',
    clinical: '33 % (one in three) is usual for few named recipients who are bound by an agreement.',
  },
  ofRun: 'Your run asked for less than that.',
  never: 'It never becomes 0: something may have been missed, and whoever knows this skin may recognise it.',
  basis:
    'How often faces are recognised was measured; most other figures are judgements, each with its source in docs/RISK.md.',
  checked: 'This is what the full check found.',
};
