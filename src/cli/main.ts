#!/usr/bin/env node
import { hideBin } from 'yargs/helpers';
import { leaveNoCoreDump } from './no-core-dump.js';
import { runCli } from './run-cli.js';

leaveNoCoreDump();

// Whoever reads may stop reading (`| head`, a closed terminal): a run goes on, and what only prints has nothing to do.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

process.exitCode = await runCli(hideBin(process.argv));
