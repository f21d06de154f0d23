import { describe, expect, it } from 'vitest';
import { EngineError, type TfEngine } from './tf-contract.js';
import { describeTfEngines, openTfEngine, selectTfEngine } from './tf-engine.js';
import { openTfNode } from './tf-node.js';
import { openTfWasm } from './tf-wasm.js';

describe('openTfWasm', () => {
  it('computes, and leaves the process without listeners of its own', async () => {
    const before = process.listenerCount('uncaughtException');
    const { id, name, tf } = await openTfWasm();
    expect([id, name]).toEqual(['tfjs-wasm', 'tfjs-wasm 4.22.0']);
    expect(Array.from(tf.square(tf.tensor1d([1, 2])).dataSync())).toEqual([1, 4]);
    expect(process.listenerCount('uncaughtException')).toBe(before);
  });
});

describe('openTfNode', () => {
  const absent = () => {
    throw Object.assign(new Error("Cannot find module '@tensorflow/tfjs-node'"), {
      code: 'MODULE_NOT_FOUND',
    });
  };
  const broken = () => {
    throw Object.assign(new Error('/home/somebody/tfjs_binding.node: no such file'), {
      code: 'ERR_DLOPEN_FAILED',
    });
  };

  it.each([
    ['on a Node that it does not work on', '24.1.0', absent, /not tried: .*Node 20 or 22/],
    ['when it is not installed', '20.19.0', absent, /not installed; .*npm install/],
    ['when its library does not load', '20.19.0', broken, /does not load \(ERR_DLOPEN_FAILED\)/],
  ])('says why %s, without naming a folder', async (_why, node, load, reason) => {
    const error: unknown = await openTfNode(node, load).catch((thrown: unknown) => thrown);
    expect(String(error)).toMatch(reason);
    expect(String(error)).not.toContain('somebody');
  });
});

describe('the choice of an engine', () => {
  const works = (id: TfEngine['id']) => ({ id, open: async () => ({ ...(await openTfWasm()), id }) });
  const fails = (id: TfEngine['id']) => ({
    id,
    open: () => Promise.reject(new EngineError({ id: 'engine/wasm-not-started', values: {} })),
  });

  it('takes the first that works, and says why for each', async () => {
    const { engine, attempts } = await selectTfEngine([fails('tfjs-node'), works('tfjs-wasm')]);
    expect(engine?.id).toBe('tfjs-wasm');
    expect(attempts.map(({ chosen }) => chosen)).toEqual([false, true]);
    expect(attempts[0]?.why).toEqual({ id: 'engine/wasm-not-started', values: {} });
  });

  it('does not open what is not needed', async () => {
    const { attempts } = await selectTfEngine([works('tfjs-node'), fails('tfjs-wasm')]);
    expect(attempts[1]).toMatchObject({
      chosen: false,
      why: { id: 'engine/not-needed', values: { engine: 'tfjs-wasm 4.22.0' } },
    });
  });

  it('is made once per process', async () => {
    expect(await openTfEngine()).toBe(await openTfEngine());
    expect((await describeTfEngines()).filter(({ chosen }) => chosen)).toHaveLength(1);
  });
});
