import { fileURLToPath } from 'node:url';
import { type Peer, peer } from '../peers/peer.js';
import { interpreter } from '../python/interpreter.js';

/** The peers, ours first. */
export const PEERS = ['ours', 'torch', 'torch-channels-last'] as const;
export type PeerName = (typeof PEERS)[number];

const path = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/**
 * Starts a peer. The threads are in its environment before any library is loaded.
 *
 * @throws TypeError if PyTorch is asked for, but nobody has set it up.
 */
export function startedPeer(name: PeerName, threads: number): Peer {
  const environment = { OMP_NUM_THREADS: String(threads), MKL_NUM_THREADS: String(threads) };
  if (name === 'ours')
    return peer(name, {
      file: process.execPath,
      parameters: ['--import', 'tsx', path('../peers/ours.ts')],
      environment,
    });
  const python = interpreter();
  if (!python)
    throw new TypeError(
      'there is no PyTorch to compare with: run `npm run bench -- setup`, or name a Python that has it in GAN_BENCH_PYTHON',
    );
  return peer(name, { file: python, parameters: [path('../peers/torch_peer.py')], environment });
}
