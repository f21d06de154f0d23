import * as z from 'zod/mini';

/** Sent with every call of a session: "ID.NONCE.PROOF"; the proof is about method, path and nonce. */
export const PAGE_HEADER = 'x-image-deid-page';
/** Sent with every answer in a session: a proof about the nonce and the status. */
export const SERVER_HEADER = 'x-image-deid-server';

const short = z.string().check(z.maxLength(200));
/** Begins a session: half of the keys, and a proof that the sender knows the one-time secret. */
export const helloSchema = z.strictObject({ half: short, proof: short });
export type Hello = z.infer<typeof helloSchema>;

/** What the proof in a hello, and in the answer to it, is about. */
export const helloOf = (half: string) => ['hello', half] as const;
export const answerOf = (page: string, server: string) => ['answer', page, server] as const;
