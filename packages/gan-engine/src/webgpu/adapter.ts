import { EngineError } from '../engine-error.js';

/** A graphics processor, or a program that plays one. */
export interface Adapter {
  readonly adapter: GPUAdapter;
  readonly name: string;
  /** Whether a program on the processor plays it: right and very slow. */
  readonly software: boolean;
}

/**
 * The fastest adapter, known by its name.
 *
 * @throws EngineError if there is none.
 */
export async function findAdapter(gpu: GPU): Promise<Adapter> {
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter)
    throw new EngineError('no graphics processor with a driver for Vulkan, Metal or Direct3D 12 was found', {
      engine: 'webgpu',
      remedy: 'install its driver',
    });
  const { vendor, architecture, device, description, isFallbackAdapter } = adapter.info;
  const said = [vendor, architecture, device, description].join(' ');
  return {
    adapter,
    name: device || description || [vendor, architecture].filter((part) => part !== '').join(' ') || 'unnamed',
    software: isFallbackAdapter === true || /swiftshader|llvmpipe|lavapipe|softpipe|basic render/i.test(said),
  };
}
