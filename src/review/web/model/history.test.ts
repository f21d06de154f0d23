import { expect, it } from 'vitest';
import { pushState, rebase, redo, startHistory, undo } from './history.js';

it('goes back and forward again', () => {
  const history = pushState(pushState(startHistory('a'), 'b'), 'c');
  expect(undo(history).now).toBe('b');
  expect(undo(undo(history)).now).toBe('a');
  expect(redo(undo(history)).now).toBe('c');
  expect(redo(redo(undo(undo(history)))).now).toBe('c');
});

it('stays where it is at either end', () => {
  expect(undo(startHistory('a')).now).toBe('a');
  expect(redo(startHistory('a')).now).toBe('a');
});

it('forgets what was undone once something else is done', () => {
  const history = pushState(undo(pushState(startHistory('a'), 'b')), 'c');
  expect(redo(history).now).toBe('c');
  expect(undo(history).now).toBe('a');
});

it('undoes small steps about the same thing at once', () => {
  let history = startHistory(0);
  for (const step of [1, 2, 3]) history = pushState(history, step, 'move 1');
  history = pushState(history, 4, 'move 2');
  expect(undo(history).now).toBe(3);
  expect(undo(undo(history)).now).toBe(0);
});

it('begins a new step after an undo', () => {
  const history = pushState(undo(pushState(startHistory(0), 1, 'move')), 2, 'move');
  expect(undo(history).now).toBe(0);
});

it('keeps at most a hundred steps', () => {
  let history = startHistory(0);
  for (let i = 1; i <= 150; i++) history = pushState(history, i);
  expect(history.past).toHaveLength(100);
});

it('changes every state in the same way', () => {
  const history = rebase(undo(pushState(pushState(startHistory(1), 2), 3)), (n) => n * 10);
  expect([undo(history).now, history.now, redo(history).now]).toEqual([10, 20, 30]);
});
