import type { Network } from '@gan/core';
import { checkNetwork } from '@gan/core/testing';
import { setBackend } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, describe, it } from 'vitest';

/** Runs the conformance kit on networks, each with what it is. */
export function conformance(networks: Readonly<Record<string, Network>>): void {
  describe('the contract of a network', () => {
    beforeAll(() => setBackend('cpu'));
    it.each(Object.entries(networks))('is kept by the %s', (name, network) => checkNetwork(network, { name }));
  });
}
