import type { Language } from '../core/language.js';
import { terminalEn, type TerminalWords } from './terminal-en.js';
import { terminalFr } from './terminal-fr.js';

export type { TerminalWords } from './terminal-en.js';
export const TERMINAL_WORDS: Readonly<Record<Language, TerminalWords>> = { en: terminalEn, fr: terminalFr };
