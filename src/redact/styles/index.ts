import type { RedactionStyle } from '../contract.js';
import { blur } from './blur/index.js';
import { pixelate } from './pixelate/index.js';
import { solid } from './solid/index.js';

/** Every style, by id; one folder each. */
export const STYLES: Readonly<Record<RedactionStyle['id'], RedactionStyle>> = { blur, pixelate, solid };
