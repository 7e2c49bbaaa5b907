import { describeGradients } from './property.fixture.js';

await describeGradients(100, 100);
