import { release } from '../../tools/release/publishing.js';
import { loopbackRegistry } from '../../tools/release/registry.js';
import { type Machine, machine } from '../step/machine.js';
import { type Installation, installation } from './installation.js';
import type { InstalledName } from './peers.js';

/** What is to be installed. */
export interface InstallOptions {
  readonly peers: readonly InstalledName[];
  /** A Python with `venv`. */
  readonly python: string;
}

/** How each went, one after the other on the same machine. */
export interface InstallResult {
  readonly machine: Machine;
  /** Where npm's packages came from: a registry of this machine that passes on what it lacks, or the configured one. */
  readonly registry: 'loopback' | 'configured';
  readonly installations: readonly Installation[];
}

/**
 * Installs each peer in an empty folder with empty caches, once. Ours are published on a registry of this machine before,
 * which passes on what it does not have; then TensorFlow.js comes from there too.
 */
export async function measuredInstall({ peers, python }: InstallOptions): Promise<InstallResult> {
  const registry = peers.some((peer) => peer.startsWith('ours')) ? await loopbackRegistry() : undefined;
  try {
    if (registry) {
      const published = await release(registry);
      try {
        await published.publish();
      } finally {
        await published.dispose();
      }
    }
    const installations: Installation[] = [];
    for (const peer of peers) installations.push(await installation(peer, { npmrc: registry?.config, python }));
    return { machine: machine(), registry: registry ? 'loopback' : 'configured', installations };
  } finally {
    await registry?.close();
  }
}
