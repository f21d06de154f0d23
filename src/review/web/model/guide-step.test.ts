import { expect, it } from 'vitest';
import { firstMark, guideStep, type GuideState, type GuideStep } from './guide-step.js';

const ASKED: GuideState = { hasPortrait: true, hasKeep: false, answer: 'none', isPlacing: false };

it.each<[string, Partial<GuideState>, GuideStep]>([
  ['a portrait is asked about', {}, 'ask'],
  ['no other photo is', { hasPortrait: false }, 'over'],
  ['no lesion on the face', { answer: 'over' }, 'over'],
  ['a lesion on the face, not yet marked', { answer: 'yes' }, 'mark'],
  ['a mark that keys still move', { answer: 'yes', hasKeep: true, isPlacing: true }, 'place'],
  ['a mark', { answer: 'yes', hasKeep: true }, 'choose'],
  ['a mark instead of an answer', { hasKeep: true }, 'choose'],
  ['a choice that was made', { answer: 'over', hasKeep: true }, 'over'],
  ['a mark that was undone', { answer: 'yes', isPlacing: true }, 'mark'],
])('%s', (_name, state, step) => {
  expect(guideStep({ ...ASKED, ...state })).toBe(step);
});

it('begins a mark on the cheek, inside the photo', () => {
  const photo = { width: 400, height: 500 };
  const inside = { x: 100, y: 100, width: 240, height: 250 };
  expect(firstMark(inside, photo)).toEqual({ x: 148, y: 240, width: 40, height: 40 });
  const atTheEdge = { x: 0, y: 350, width: 400, height: 200 };
  expect(firstMark(atTheEdge, photo)).toEqual({ x: 80, y: 462, width: 67, height: 38 });
});
