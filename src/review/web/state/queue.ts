import { computed, signal } from '@preact/signals';
import type { Finding } from '../../../core/finding.js';
import type { DecisionRequest, Override, QueueEntry, QueueView, SessionView } from '../../api.js';
import {
  equalEntries,
  filterQueue,
  nextWaiting,
  sortQueue,
  type QueueFilter,
  type QueueSort,
} from '../model/queue-filter.js';
import { reasonName } from '../../../words/reason-names.js';
import { locale, speaker, t } from '../strings/index.js';
import { api, ApiFailure } from './api-client.js';
import { forgetLooks, isEntryLookedAt } from './looked-frames.js';
import { inform, notice, report, start, whisper } from './notices.js';

const POLL_EVERY = 10_000;
const INITIALS_KEPT_AS = 'image-deid-initials';

export const queue = signal<QueueView | undefined>(undefined);
export const filter = signal<QueueFilter>({});
export const currentSeq = signal<number | undefined>(undefined);
/** When set, the page asks for initials; called with them, or without when the person gives none. */
export const initialsWanted = signal<((initials: string | undefined) => void) | undefined>(undefined);
/** An entry that was not let through: accepting it needs a reason. */
export const blocked = signal<QueueEntry | undefined>(undefined);

const nameOf = (reason: Finding) => reasonName(reason, t.reasonNames, speaker);
/** What the tool cleared and refused itself; fetched when somebody wants to see it. */
const others = signal<readonly QueueEntry[] | undefined>(undefined);
const isOfOthers = ({ state }: QueueFilter) => state === 'cleared' || state === 'refused';
/** The limits of the destinations, in ascending order. */
export const limits = signal<readonly number[]>([]);
export const sort = signal<QueueSort>('seq');
export const shown = computed(() => {
  const entries = isOfOthers(filter.value) ? others.value : queue.value?.entries;
  return sortQueue(filterQueue(entries ?? [], filter.value, nameOf, limits.value), sort.value, locale);
});
export const current = computed(
  () => shown.value.find(({ seq }) => seq === currentSeq.value) ?? shown.value[0],
);
/** Those among the shown that wait for the same reasons as the current one; what has several frames is seen alone. */
export const equals = computed(() => {
  const single = shown.value.filter(({ strip }) => !strip);
  const entry = single.find((each) => each === current.value && each.state === 'review');
  return entry ? equalEntries(single, entry, nameOf) : [];
});
export const progress = computed(() => {
  const entries = queue.value?.entries ?? [];
  return { done: entries.filter(({ state }) => state !== 'review').length, all: entries.length };
});

/** Photos about which this page has decided, the newest last. */
const decided: number[] = [];
const busy = new Set<number>();

/** Loads the queue now and then regularly, because others may decide too. */
export function startQueue({ destinations }: SessionView): void {
  limits.value = destinations.map(({ mostRisk }) => mostRisk).sort((a, b) => a - b);
  start(loadQueue());
  setInterval(() => {
    if (document.visibilityState === 'visible') start(loadQueue());
  }, POLL_EVERY);
}

async function loadQueue(): Promise<void> {
  queue.value = await api.queue();
}

async function loadOthers(): Promise<void> {
  others.value = await api.others();
}

/** Shows another part of the queue. */
export function choose(change: QueueFilter): void {
  filter.value = { ...filter.value, ...change };
  if (isOfOthers(filter.value)) start(loadOthers());
}

/** Accepts photos one after the other; the first that is not let through ends it. @returns how many were accepted */
export async function acceptAll(
  entries: readonly QueueEntry[],
  override: Override | undefined,
  onProgress: (done: number) => void,
): Promise<number> {
  let done = 0;
  await withInitials(async (initials) => {
    for (const entry of entries) {
      if (!(await decideOn(entry, { decision: 'accept', initials, ...override }))) return false;
      onProgress(++done);
    }
    return true;
  });
  return done;
}

/** Goes some photos forward or back. */
export function step(by: number): void {
  const list = shown.value;
  const at = list.findIndex(({ seq }) => seq === current.value?.seq);
  const next = list[Math.min(Math.max(at + by, 0), list.length - 1)];
  if (next) currentSeq.value = next.seq;
}

/** Accepts or rejects an entry and goes to the next that waits. */
export async function decide(
  entry: QueueEntry,
  decision: 'accept' | 'reject',
  override?: Override,
): Promise<void> {
  if (entry.state !== 'review' || busy.has(entry.seq)) return;
  if (decision === 'accept' && !isEntryLookedAt(entry)) {
    inform(t.frames.notAll(titleOf(entry)));
    return;
  }
  await withInitials(async (initials) => {
    try {
      return await decideOn(entry, {
        decision,
        initials,
        ...override,
      });
    } catch (error) {
      if (!(error instanceof ApiFailure && error.code === 'not-cleared')) throw error;
      if (error.finding?.id === 'error/not-cleared/not-shown') {
        forgetLooks(entry.seq);
        throw error;
      }
      if (override) report(error);
      blocked.value = entry;
      return false;
    }
  });
}

/** Takes back the newest decision of this page, or that of one photo. */
export async function undoDecision(entry?: QueueEntry): Promise<void> {
  const seq = entry?.seq ?? decided.at(-1);
  const found = queue.value?.entries.find((each) => each.seq === seq);
  if (!found || found.state === 'review') {
    inform(t.queue.nothingToUndo);
    return;
  }
  await withInitials((initials) => decideOn(found, { decision: 'undo', initials }));
}

/** What a photo is called: the name of its source, or its number in the ledger. */
export const titleOf = ({ name, seq }: QueueEntry): string => (name === '' ? t.queue.name(seq) : name);

/**
 * Sends a decision and shows what became of it.
 * @returns false when somebody else had already decided
 * @throws {ApiFailure} for everything else, "not-cleared" included
 */
export async function decideOn(entry: QueueEntry, request: DecisionRequest): Promise<boolean> {
  const name = titleOf(entry);
  busy.add(entry.seq);
  try {
    const changed = await api.decide(entry.seq, request);
    if (request.edited !== undefined) forgetLooks(entry.seq);
    notice.value = undefined;
    // With a filter the photo may leave the list: the one after it is looked up before that.
    const next = request.decision === 'undo' ? changed : nextWaiting(shown.value, entry.seq);
    put(changed);
    remember(entry.seq, request.decision);
    const words = { accept: t.queue.accepted, reject: t.queue.rejected, undo: t.queue.undone };
    whisper.value = words[request.decision](name);
    if (next) currentSeq.value = next.seq;
    return true;
  } catch (error) {
    if (!(error instanceof ApiFailure && error.code === 'decided')) throw error;
    await loadQueue();
    notice.value = { tone: 'error', text: t.queue.decidedByOther(name) };
    return false;
  } finally {
    busy.delete(entry.seq);
  }
}

function put(changed: QueueEntry): void {
  if (!queue.value) return;
  const entries = queue.value.entries.map((entry) => (entry.seq === changed.seq ? changed : entry));
  queue.value = { ...queue.value, entries };
  // Only the server knows the counts.
  start(loadQueue());
}

function remember(seq: number, decision: DecisionRequest['decision']): void {
  const at = decided.lastIndexOf(seq);
  if (at >= 0) decided.splice(at, 1);
  if (decision !== 'undo') decided.push(seq);
}

/** Acts in the reviewer's name, which is asked for once; false when they give none. */
export async function withInitials(act: (initials: string) => Promise<boolean>): Promise<boolean> {
  const known = sessionStorage.getItem(INITIALS_KEPT_AS) ?? (await askInitials());
  if (known === undefined) return false;
  sessionStorage.setItem(INITIALS_KEPT_AS, known);
  return act(known);
}

async function askInitials(): Promise<string | undefined> {
  const given = await new Promise<string | undefined>((resolve) => {
    initialsWanted.value = resolve;
  });
  initialsWanted.value = undefined;
  return given;
}
