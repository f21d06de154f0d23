import { describe, expect, it } from 'vitest';
import { addToLine, endOpen, leaveEarlier, openNext, placeIn, waitingIn, type Line } from './line.js';

const states = (line: Line<string>) => line.map(({ what, state }) => `${what} ${state}`);

describe('a line of photos', () => {
  it('goes through its photos in their order, and through those that come later', () => {
    let { line, what } = openNext(addToLine<string>([], ['a', 'b']));
    expect([what, placeIn(line), waitingIn(line)]).toEqual(['a', { at: 1, all: 2 }, 1]);
    line = addToLine(line, ['c']);
    ({ line, what } = openNext(endOpen(line, 'saved')));
    expect([what, placeIn(line), waitingIn(line)]).toEqual(['b', { at: 2, all: 3 }, 1]);
    ({ line, what } = openNext(endOpen(line, 'failed')));
    expect(states(line)).toEqual(['a saved', 'b failed', 'c open']);
    ({ line, what } = openNext(endOpen(line, 'left')));
    expect([what, placeIn(line), waitingIn(line)]).toEqual([undefined, undefined, 0]);
  });

  it('leaves a photo only once the next one is open', () => {
    const first = openNext(addToLine<string>([], ['a', 'b', 'c'])).line;
    const next = openNext(first).line;
    expect([states(next), placeIn(next)]).toEqual([['a open', 'b open', 'c waiting'], { at: 2, all: 3 }]);
    expect(states(leaveEarlier(next))).toEqual(['a left', 'b open', 'c waiting']);
    expect(states(leaveEarlier(endOpen(next, 'failed')))).toEqual(['a open', 'b failed', 'c waiting']);
  });

  it('takes what comes now before what waits', () => {
    const { line } = openNext(addToLine<string>([], ['a', 'b']));
    expect(states(addToLine(line, ['c', 'd'], true))).toEqual([
      'a open',
      'c waiting',
      'd waiting',
      'b waiting',
    ]);
  });

  it('begins anew when nothing is left of it', () => {
    const over = endOpen(openNext(addToLine<string>([], ['a'])).line, 'saved');
    expect(states(addToLine(over, ['b'], true))).toEqual(['b waiting']);
  });

  it('tells no place of a photo that is alone', () => {
    expect(placeIn(openNext(addToLine<string>([], ['a'])).line)).toBeUndefined();
  });
});
