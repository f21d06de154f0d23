// Preloaded into the command by tests/hostile.test.ts: every process adds its peak memory, in KiB, to a file.
import { appendFileSync } from 'node:fs';

process.on('exit', () => {
  appendFileSync(process.env.PEAK_MEMORY_FILE, `${process.resourceUsage().maxRSS}\n`);
});
