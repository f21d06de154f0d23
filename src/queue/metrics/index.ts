export { serveMetrics } from './serve-metrics.js';
export { WorkerMetrics } from './worker-metrics.js';
