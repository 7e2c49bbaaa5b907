import type { Checkpoint, CheckpointManifest, Json } from './checkpoint.js';
import { assertCount } from './checks.js';
import { FormatError } from './format-error.js';
import { assertJson } from './json.js';
import { decodeSafetensors, encodeSafetensors } from './safetensors.js';

/** The two files of a checkpoint, by name. */
export interface CheckpointFiles {
  readonly 'manifest.json': Uint8Array;
  readonly 'tensors.safetensors': Uint8Array;
}

/**
 * A checkpoint in bytes. The manifest's file carries under `integrity` the size and the SHA-256 of the tensors' file,
 * and the SHA-256 of the JSON without spaces of the manifest with these two, so that no flipped bit goes unnoticed.
 *
 * @throws TypeError if the manifest is no JSON, or a tensor's values do not fit its dtype and shape.
 */
export async function encodeCheckpoint({ manifest, tensors }: Checkpoint): Promise<CheckpointFiles> {
  assertJson('the manifest', manifest);
  assertCount('the step of a manifest', manifest.step, 0);
  if (manifest.format !== 1) throw new TypeError(`the format of a manifest must be 1, but is ${manifest.format}`);
  if ('integrity' in manifest) throw new TypeError("a manifest can't have the key 'integrity': its file uses it");
  const bytes = encodeSafetensors(tensors);
  const promised = { bytes: bytes.length, tensors: await sha256(bytes) };
  const integrity = { ...promised, manifest: await digestOf(manifest, promised) };
  return {
    'manifest.json': new TextEncoder().encode(`${JSON.stringify({ ...manifest, integrity }, undefined, 2)}\n`),
    'tensors.safetensors': bytes,
  };
}

/**
 * The checkpoint in the bytes of its files.
 *
 * @param at The path of a file by its name, for errors.
 * @throws FormatError if a file is damaged, or made by a later version.
 */
export async function decodeCheckpoint(
  files: CheckpointFiles,
  at: (file: keyof CheckpointFiles) => string,
): Promise<Checkpoint> {
  const { integrity, ...manifest } = parsed(files['manifest.json'], at('manifest.json'));
  const refuse = (file: keyof CheckpointFiles, problem: string): never => {
    throw new FormatError(at(file), problem);
  };
  if (manifest.format !== 1)
    return refuse(
      'manifest.json',
      `this version of @gan/core reads checkpoints of format 1, but the format is ${JSON.stringify(manifest.format)}`,
    );
  const { manifest: digest, ...promised }: { readonly [key: string]: unknown } = Object(integrity);
  if (digest !== (await digestOf(manifest, promised)))
    return refuse('manifest.json', 'its contents are not those that were written: their SHA-256 differs');
  const bytes = files['tensors.safetensors'];
  if (promised['bytes'] !== bytes.length)
    return refuse('tensors.safetensors', `${promised['bytes']} bytes were written, but it has ${bytes.length}`);
  if (promised['tensors'] !== (await sha256(bytes)))
    return refuse('tensors.safetensors', 'its contents are not those that were written: their SHA-256 differs');
  const { tensors } = decodeSafetensors(bytes, at('tensors.safetensors'));
  for (const [name, { dtype }] of Object.entries(tensors))
    if (dtype === 'uint8' || dtype === 'float64')
      return refuse('tensors.safetensors', `'${name}' is ${dtype}; a checkpoint has float32, int32 and bool`);
  return { manifest: manifest as CheckpointManifest, tensors: tensors as Checkpoint['tensors'] };
}

/** What a manifest's file says, before anything of it is believed. */
type Claims = { readonly [K in keyof CheckpointManifest | 'integrity']?: Json };

function parsed(bytes: Uint8Array, where: string): Claims {
  try {
    const value: Json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Claims;
  } catch (error) {
    throw new FormatError(where, `it must be JSON, but is none (${(error as Error).message})`, { cause: error });
  }
  throw new FormatError(where, 'it must be a JSON object');
}

/** The SHA-256 of values' JSON, as it reads once written and parsed. */
const digestOf = (...values: readonly object[]) =>
  sha256(new TextEncoder().encode(JSON.stringify(JSON.parse(JSON.stringify(values)))));

async function sha256(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
