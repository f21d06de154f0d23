#!/usr/bin/env node
import { leaveNoCoreDump } from './no-core-dump.js';
import { languageIn } from './language.js';
import { endOnUnexpected } from './unexpected.js';
import { UNEXPECTED } from '../words/unexpected.js';

const args = process.argv.slice(2);
endOnUnexpected(UNEXPECTED[languageIn(args)]);

leaveNoCoreDump();

// The reader may stop reading (`| head`, a closed terminal): a run goes on, and a command that only prints just ends.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

// Loaded only now: an error while it loads is reported like any other.
const { runCli } = await import('./run-cli.js');
process.exitCode = await runCli(args);
