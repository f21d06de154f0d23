import { describe, expect, it } from 'vitest';
import { onnxEngineVersion, openOnnxModel, proveEngine } from './onnx-engine.js';
import { proofModel } from './onnx-proof.js';

describe('the ONNX engine', () => {
  it('computes a known answer', async () => {
    const model = await openOnnxModel(proofModel());
    expect(model.inputNames).toEqual(['x']);
    expect(model.outputNames).toEqual(['y']);
    const { y } = await model.run({ x: { data: Float32Array.from([0, 1, 1, 0]), dims: [2, 2] } });
    expect(y).toEqual({ data: Float32Array.from([1, 0, 0, 1]), dims: [2, 2] });
  });

  it('names itself and its version', async () => {
    expect(await onnxEngineVersion()).toMatch(/^onnxruntime-node \d+\.\d+\.\d+$/);
  });

  it('refuses bytes that are not a model', async () => {
    await expect(openOnnxModel(Uint8Array.of(1, 2, 3))).rejects.toMatchObject({ code: 'model-mismatch' });
  });

  it('fails when an input has the wrong shape', async () => {
    const model = await openOnnxModel(proofModel());
    await expect(model.run({ x: { data: new Float32Array(3), dims: [3, 1] } })).rejects.toMatchObject({
      code: 'detector-failed',
      stage: 'detect',
    });
  });

  it('says that it is unavailable when its library does not load', async () => {
    await expect(proveEngine(() => Promise.reject(new Error('no such library')))).rejects.toMatchObject({
      code: 'engine-unavailable',
      message: expect.stringContaining('does not load') as string,
    });
  });

  it('says that it is unavailable when it computes wrong numbers', async () => {
    const real = await import('onnxruntime-node');
    const session = { run: () => Promise.resolve({ y: { data: new Float32Array(4), dims: [2, 2] } }) };
    const wrong = { ...real, InferenceSession: { create: () => Promise.resolve(session) } };
    await expect(proveEngine(() => Promise.resolve(wrong as unknown as typeof real))).rejects.toMatchObject({
      code: 'engine-unavailable',
      message: expect.stringContaining('wrong numbers') as string,
    });
  });
});
