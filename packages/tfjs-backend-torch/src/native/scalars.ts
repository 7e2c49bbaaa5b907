import { shim, twin } from './call.js';

/** `self + alpha * other`, broadcast. For integers `alpha` must be whole. */
export const addScaled = twin('add_Tensor', 'Tensor self, Tensor other, float alpha -> Tensor');

/** `self - alpha * other`, broadcast. */
export const subtractScaled = shim(
  'aoti_torch_aten_subtract_Tensor',
  'Tensor self, Tensor other, float alpha -> Tensor',
);

/** `self + alpha * other`, a number. */
export const addNumber = twin('add_Scalar', 'Tensor self, float other, float alpha -> Tensor');

/** `self * other`, a number; integers times a number are float32. */
export const multiplyNumber = twin('mul_Scalar', 'Tensor self, float other -> Tensor');

/** `self ^ exponent`, a number. */
export const powerNumber = twin('pow_Tensor_Scalar', 'Tensor self, float exponent -> Tensor');
