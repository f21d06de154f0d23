import { newSecret } from '../../channel/keys.js';

const KEPT_AS = 'image-deid-ticket';

/** Taken off the address before anything else happens, so that nobody copies it along with the address. */
const given = location.hash.slice(1);
if (given !== '') history.replaceState(null, '', location.pathname);

/**
 * The one-time secret with which this page begins its session: from the address that was opened, or, when the page is
 * reloaded, the ticket that the tab kept. Without either, a made-up one is sent: the server then prints an address.
 */
export function takeSecret(): string {
  return given === '' ? (sessionStorage.getItem(KEPT_AS) ?? newSecret()) : given;
}

/** The tab keeps it while it is open. */
export function keepTicket(ticket: string): void {
  sessionStorage.setItem(KEPT_AS, ticket);
}
