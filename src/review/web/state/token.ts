const KEPT_AS = 'image-deid-token';

/**
 * The session's token: it comes behind the `#` of the address, which is cleaned at once so that nobody copies it with the
 * address. The tab keeps it, so that the page can be loaded again.
 */
export function takeToken(): string {
  const given = location.hash.slice(1);
  if (given === '') return sessionStorage.getItem(KEPT_AS) ?? '';
  sessionStorage.setItem(KEPT_AS, given);
  history.replaceState(null, '', location.pathname);
  return given;
}
