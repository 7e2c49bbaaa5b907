import type { LayerShape } from './define-layer.js';

/** How a window moves over a map. */
export interface Window {
  readonly kernelSize: number;
  readonly strides?: number;
  readonly padding?: 'same' | 'valid';
}

/** The shape of a map `[batch, height, width, channels]` after a convolution. */
export const convolvedShape = (
  [batch, height, width]: LayerShape,
  filters: number,
  { kernelSize, strides = 1, padding = 'same' }: Window,
): LayerShape => {
  const after = (side: number | null | undefined): number | null =>
    side == null ? null : Math.ceil((padding === 'same' ? side : side - kernelSize + 1) / strides);
  return [batch!, after(height), after(width), filters];
};
