import { fileURLToPath } from 'node:url';
import { type Peer, peer } from '../peers/peer.js';
import { interpreterOrRefusal } from '../python/interpreter.js';

/** The peers, ours first: our program on libtorch, PyTorch's in three ways, and our program on other engines of TensorFlow.js. */
export const PEERS = ['ours', 'torch', 'torch-channels-last', 'torch-compile', 'tfjs-node', 'wasm'] as const;
export type PeerName = (typeof PEERS)[number];

const path = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/**
 * Starts a peer. The threads are in its environment before any library is loaded.
 *
 * @param program Our own one, as `builtPeer` has built it.
 * @throws TypeError if PyTorch is asked for, but nobody has set it up.
 */
export function startedPeer(name: PeerName, threads: number, program: string): Peer {
  const count = String(threads);
  const environment = { OMP_NUM_THREADS: count, MKL_NUM_THREADS: count, TF_NUM_INTRAOP_THREADS: count };
  if (!name.startsWith('torch'))
    return peer(name, {
      file: process.execPath,
      parameters: [program, ...(name === 'ours' ? [] : [name])],
      environment,
    });
  return peer(name, { file: interpreterOrRefusal(), parameters: [path('../peers/torch_peer.py')], environment });
}
