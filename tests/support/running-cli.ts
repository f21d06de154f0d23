import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from './cli.js';

/** A line of `--log json`. */
export type LogLine = Readonly<Record<string, unknown>> & { readonly event: string };

/** The built command while it runs with `--log json`. */
export interface RunningCli {
  /** What it has logged until now. */
  readonly log: readonly LogLine[];
  readonly text: () => string;
  /**
   * Resolves with the first line of an event, also one of the past.
   * @param isMeant of the event's lines
   * @throws {Error} when the command ends without
   */
  event(name: string, isMeant?: (line: LogLine) => boolean): Promise<LogLine>;
  /** Sends a signal, if one is given, and resolves with the exit code, or null when a signal ended it. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts the built command `image-deid` and does not wait for its end. */
export function startCli(args: readonly string[], env: NodeJS.ProcessEnv = {}): RunningCli {
  const child = spawn(process.execPath, [join(ROOT, 'dist/cli/main.js'), ...args, '--log', 'json'], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const log: LogLine[] = [];
  const waiting = new Set<() => void>();
  let text = '';
  createInterface(child.stderr).on('line', (line) => {
    text += `${line}\n`;
    if (line.startsWith('{')) log.push(JSON.parse(line) as LogLine);
    for (const look of [...waiting]) look();
  });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return {
    log,
    text: () => text,
    event: (name, isMeant = () => true) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const line = log.find((logged) => logged.event === name && isMeant(logged));
          if (!line) return;
          waiting.delete(look);
          resolve(line);
        };
        waiting.add(look);
        look();
        ended.then(
          () => {
            reject(new Error(`The command ended without "${name}":\n${text}`));
          },
          () => undefined,
        );
      }),
    end(signal) {
      if (signal) child.kill(signal);
      return ended;
    },
  };
}
