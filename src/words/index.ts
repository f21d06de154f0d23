export { reasonNamer } from './reason-names.js';
export { REPORT_WORDS, type ReportWords } from './report.js';
export { ALL_FINDINGS, OWN_FINDINGS, speakerOf } from './speaker.js';
export { TERMINAL_WORDS, type TerminalWords } from './terminal.js';
