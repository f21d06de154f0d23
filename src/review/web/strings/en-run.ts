/** What the page says about the run to which a photo belongs. */
export const enRun = {
  limits: (destination: string, most: string) =>
    `The run was for: ${destination}. At most ${most} is accepted for it.`,
  isExceeded: (destination: string) =>
    `For “${destination}” more is accepted: to let the photo out you will have to give a reason, which is recorded.`,
  laxerTitle: 'The run was not for this audience',
  laxer: (run: string, most: string, destination: string) =>
    `The run was for: ${run}, where at most ${most} is accepted. You chose: ${destination}, for which more is accepted.`,
  laxerHint: (run: string) => `Choose “${run}” again if the photo should go where the others of the run go.`,
  badge: (destination: string) => `Only for: ${destination}`,
};
