import * as z from 'zod/mini';
import { count } from '../finding.js';
import { plainly, says, text, type ToldTable } from './table.js';

const most = z.strictObject({ most: count });

/** Photos and what lies beside them, while they are found and read. */
export const SOURCE_ERRORS = {
  'error/usage/no-files': says(
    z.strictObject({ unlisted: count, besidePhotos: count }),
    ({ unlisted, besidePhotos }) =>
      `There is no ${besidePhotos > 0 ? `photo in what was named, only files that lie beside photos: ${besidePhotos}` : 'file in what was named'}${unlisted > 0 ? `, and ${unlisted} folders in it cannot be listed` : ''}`,
  ),
  'error/usage/no-such-input': says(
    z.strictObject({ input: text }),
    ({ input }) => `There is no file or folder ${input}`,
  ),
  'error/usage/stored-input': says(
    z.strictObject({ input: text }),
    ({ input }) =>
      `There is no file or folder ${input}: object storage is read by "image-deid enqueue" alone`,
  ),
  'error/usage/no-match': says(z.strictObject({ input: text }), ({ input }) => `No file matches ${input}`),
  'error/usage/unlisted-folder': plainly('A folder that was named cannot be listed'),
  'error/empty-file/read': plainly('The file is empty'),
  'error/too-large/file': says(most, ({ most }) => `The file has more than ${most} bytes`),
  'error/too-large/object': says(most, ({ most }) => `The object has more than ${most} bytes`),
  'error/too-large/caption': says(most, ({ most }) => `The caption has more than ${most} bytes`),
  'error/malformed/caption': plainly('The caption is no text'),
  'error/changed-while-reading/file': plainly('The file was changed while it was read'),
  'error/changed-while-reading/object': plainly('The object was changed since it was listed'),
  'error/not-a-regular-file/other': plainly('Expected a regular file'),
  'error/not-a-regular-file/circle': plainly('A symbolic link leads round in a circle'),
  'error/outside-input/link': plainly('A symbolic link leads out of the input folder'),
  'error/unreadable/file': plainly('The file cannot be read'),
  'error/unreadable/object': plainly('The object cannot be read'),
  'error/input-gone/folder': plainly(
    'The folder of the photos is gone; bring it back and give the same command again',
  ),
  'error/input-gone/watched': plainly(
    'The watched folder is gone; bring it back and give the same command again',
  ),
} as const satisfies ToldTable;
