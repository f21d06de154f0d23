/** Loads onnxruntime as the built tool does, and prints what its library read, or would read, from the environment. */
import { onnxEngineVersion } from '../../dist/models/onnx-engine.js';

await onnxEngineVersion();
process.stdout.write(process.report.getReport().environmentVariables.ORT_DISABLE_TELEMETRY ?? 'nothing');
