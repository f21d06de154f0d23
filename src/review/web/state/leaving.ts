import { signal } from '@preact/signals';

/** A person is asked whether to leave the photo that is open; `count` is how many others they gave meanwhile. */
interface Leaving {
  readonly count?: number;
  readonly answer: (answer: LeaveAnswer) => void;
}
/** Stay with the photo; leave it; or stay, and open what was given after it. */
export type LeaveAnswer = 'stay' | 'go' | 'later';

export const leaving = signal<Leaving | undefined>(undefined);

/** Asks; a question that still stands is answered by "stay". */
export async function askToLeave(count?: number): Promise<LeaveAnswer> {
  leaving.value?.answer('stay');
  return new Promise((resolve) => {
    leaving.value = { ...(count !== undefined && { count }), answer: resolve };
  });
}

export function answerLeaving(answer: LeaveAnswer): void {
  const asked = leaving.value;
  leaving.value = undefined;
  asked?.answer(answer);
}
