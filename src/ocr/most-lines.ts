/**
 * At most this many lines of a photo are read, which takes some seconds. Few photos show more; a damaged photo, whose
 * noise looks like letters, has hundreds, and reading them would take half a minute.
 */
export const MOST_LINES = 120;
