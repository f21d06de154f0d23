import {
  isProof,
  keyOfSecret,
  newHalf,
  newSecret,
  prove,
  sessionKeys,
  type SessionKeys,
} from '../channel/keys.js';
import { answerOf, helloOf, type Hello } from '../channel/messages.js';

/** Most pages at once; when there are more, the one that was invited first has to go. */
const MOST_PAGES = 16;

/** One page, from the moment that an address is printed for it. */
interface Visit {
  /** The one-time secret that begins its next session. */
  secret: string;
  /** A session that is agreed on; its first call uses the secret up and ends the session before it. */
  begun?: SessionKeys | undefined;
  session?: SessionKeys;
}

/**
 * Who may call the server. Each address that is printed is good for one page, whose first call uses it up: what a
 * browser's history keeps of it opens nothing. The page goes on with a ticket of its own when it is reloaded.
 */
export class Access {
  private visits: Visit[] = [];

  /** @param refused called when somebody came with an invalid secret, while nobody has an unused one */
  constructor(private readonly refused: () => void = () => undefined) {}

  /** A secret for one page. */
  invite(): string {
    const secret = newSecret();
    this.visits = [...this.visits, { secret }].slice(-MOST_PAGES);
    return secret;
  }

  /** Agrees on a session; undefined when the secret is not valid. */
  async greet({ half, proof }: Hello): Promise<Hello | undefined> {
    const [visit, secret] = (await this.find(half, proof)) ?? [];
    if (!visit || secret === undefined) {
      if (this.visits.every(({ session }) => session)) this.refused();
      return undefined;
    }
    const own = await newHalf();
    const begun = await sessionKeys(own, half, [half, own.open], secret).catch(() => undefined);
    if (!begun) return undefined;
    visit.secret = secret;
    visit.begun = begun;
    return { half: own.open, proof: await prove(await keyOfSecret(secret), answerOf(half, own.open)) };
  }

  /**
   * The session of a call, once the call has proven to come from that session's page.
   * @param header the value of `PAGE_HEADER`
   * @returns its keys, and what its proofs are about
   */
  async admit(
    header: string,
    method: string,
    path: string,
  ): Promise<
    { readonly keys: SessionKeys; readonly call: readonly string[]; readonly nonce: string } | undefined
  > {
    const [id = '', nonce = '', proof = ''] = header.split('.');
    const call = [method, path, nonce];
    const keysOf = ({ begun, session }: Visit) => [begun, session].find((keys) => keys?.id === id);
    const visit = this.visits.find((each) => keysOf(each));
    const keys = visit && keysOf(visit);
    if (!keys || !(await isProof(keys.page, call, proof))) return undefined;
    if (visit.begun === keys) {
      visit.secret = keys.ticket;
      visit.session = keys;
      visit.begun = undefined;
    }
    return { keys, call, nonce };
  }

  private async find(half: string, proof: string): Promise<[Visit, string] | undefined> {
    for (const visit of this.visits) {
      for (const secret of [visit.secret, visit.begun?.ticket]) {
        if (secret === undefined) continue;
        if (await isProof(await keyOfSecret(secret), helloOf(half), proof)) return [visit, secret];
      }
    }
    return undefined;
  }
}
