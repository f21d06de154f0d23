export { openConnection, parseQueueUrl, type QueueConnection, type QueueNote } from './connection.js';
export { livingWorkers, readStatus, type QueueStatus } from './queue-status.js';
export { QueueTreater } from './queue-treater.js';
export { QueueWorker } from './queue-worker.js';
