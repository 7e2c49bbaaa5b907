import { expect, it } from 'vitest';
import { sessionText } from './report.js';

const crashed = {
  id: '1',
  file: 'ops/relu_test',
  name: 'relu basic',
  status: 'crashed',
  messages: ['the process died: SIGSEGV\nmore'],
} as const;

it('tells of each part what was found, and of a part that failed why', () => {
  const text = sessionText({
    engine: 'engine   torch-cuda (libtorch 2.11.0, 8 threads)',
    steps: { 'dcgan:64:64': 'dcgan:64:64: torch ended with exit code 1' },
    specs: { passed: 4224, pending: 5, excluded: 4, failed: [crashed] },
    gradients: {
      found: [
        { name: 'relu', verdicts: ['right'], errors: [1e-7, 3e-6] },
        { name: 'prod', verdicts: ['right', 'throws'], errors: [2e-7, 1e-8], sentence: 'Prod(...): no such thing' },
      ],
      cut: 'the time was up',
    },
  });
  expect(text).toContain('torch-cuda (libtorch 2.11.0, 8 threads)');
  expect(text).toContain('### dcgan:64:64\n\n```\ndcgan:64:64: torch ended with exit code 1\n```');
  expect(text).toContain(
    '4224 passed, 1 failed, 4 fail on purpose, 5 pending\nops/relu_test: relu basic: the process died: SIGSEGV\n',
  );
  expect(text).toContain(
    '1 of 2 ops right; the largest errors are 2.0e-7 (prod) and 3.0e-6 (relu)\nno more were tried: the time was up\n',
  );
  expect(text).toContain('\nprod: right, throws: Prod(...): no such thing\n');
});

it('tells of parts that were not asked for', () => {
  expect(sessionText({ steps: {} })).toMatch(/not asked.*not run.*not run/s);
});
