import { newSecret } from '../../channel/keys.js';

const KEPT_AS = 'image-deid-ticket';

/** Taken off the address before anything else happens: nobody copies it with the address. */
const given = location.hash.slice(1);
if (given !== '') history.replaceState(null, '', location.pathname);

/**
 * The one-time secret with which this page begins its session: of the address that was opened, or the ticket that the tab
 * kept when it is loaded again. Who has none comes with a made-up one: the server then prints an address.
 */
export function takeSecret(): string {
  return given === '' ? (sessionStorage.getItem(KEPT_AS) ?? newSecret()) : given;
}

/** The tab keeps it while it is open. */
export function keepTicket(ticket: string): void {
  sessionStorage.setItem(KEPT_AS, ticket);
}
