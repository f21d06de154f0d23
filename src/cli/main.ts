#!/usr/bin/env node
import { hideBin } from 'yargs/helpers';
import { leaveNoCoreDump } from './no-core-dump.js';
import { endOnUnexpected } from './unexpected.js';

endOnUnexpected();

leaveNoCoreDump();

// Whoever reads may stop reading (`| head`, a closed terminal): a run goes on, and what only prints has nothing to do.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

// Loaded now only: what goes wrong while it loads is told as everything else.
const { runCli } = await import('./run-cli.js');
process.exitCode = await runCli(hideBin(process.argv));
