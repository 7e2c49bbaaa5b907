export { checkDataset } from './check-dataset.js';
export { checkMetric } from './check-metric.js';
export { checkNetwork } from './check-network.js';
export { checkTerm } from './check-term.js';
export { ConformanceError } from './conformance.js';
