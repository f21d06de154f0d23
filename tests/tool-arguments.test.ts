import { describe, expect, it } from 'vitest';
import { usageOf } from '../scripts/support/arguments.ts';

describe('the usage of a tool', () => {
  it('is the comment at its head, of one line or of several', () => {
    expect(usageOf('/** Says it. */\nimport x from "y";')).toBe('Says it.');
    expect(usageOf('/**\n * One:\n *\n *   npm run x\n *\n * Two.\n */\n/** Three. */')).toBe(
      'One:\n\n  npm run x\n\nTwo.',
    );
  });

  it('is never empty', () => {
    expect(() => usageOf('import x from "y";\n/** Late. */')).toThrow('Expected a comment at the head');
  });
});
