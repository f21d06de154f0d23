/** What is wrong with a call of the page; src/review/api.ts says what each means. */
export type CallErrorCode = 'bad-request' | 'busy' | 'gone' | 'crashed' | 'stopped' | 'reason-identifies';

export class CallError extends Error {
  override readonly name = 'CallError';

  constructor(
    readonly code: CallErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
