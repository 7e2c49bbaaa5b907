/** Specs of tfjs-core 4.22 that fail on purpose, by `file: name`, each with its reason. */
type Exclusions = Readonly<Record<string, string>>;

const ofAverages: Exclusions = {
  'ops/avg_pool_test: avgPool gradient x=[3,3,1] f=[3,3] s=1 p=explicit':
    'A gradient at the border is divided by the whole window, while the average was taken of the part inside: ours is the derivative of the average.',
};

/** Those that the kernels of the libtorch backends fail. */
export const ofKernels: Exclusions = {
  ...ofAverages,
  'ops/conv2d_transpose_test: conv2dTranspose input=8x8x8,output=4x4x8,f=8,s=1,inDepth=8,p=same vec4':
    'A stride of 1 with padding "same" gives an output as large as the input, 8x8; the 4x4 asked for is refused here.',
  'ops/pool_test: pool max x=[2,2,3] f=[1,1] s=2 p=1 fractional outputs default rounding':
    'TensorFlow.js gives back the input wherever a 1x1 window leaves the size as it was, whatever the stride and the padding.',
  'ops/pool_test: pool avg x=[2,2,3] f=[1,1] s=2 p=1 fractional outputs default rounding': 'The same of averages.',
};

/** Those that the gradients of `@gan/engine` fail beside them. */
export const ofGradients: Exclusions = {
  'gradients_test: gradients errors if relevant ops are missing grads':
    'The op that it takes for one without a gradient has one here.',
  'ops/arithmetic_test: div gradient: Tensor1D with int32':
    'The quotient of integers is rounded down: it has the derivative 0, not that of the quotient.',
  'ops/arithmetic_test: div gradient: 1d<int32> with 1d<bool>': 'The same of an integer and a truth value.',
  'ops/depthwise_conv2d_test: depthwiseConv2d gradients throws error on dilations > 1':
    'Dilated convolutions have gradients here.',
  'ops/mirror_pad_test: mirrorPad grad':
    'A value that is mirrored into the padding gets what comes back from there too: TensorFlow.js forgets it.',
  'ops/mirror_pad_test: mirrorPad gradient with clones': 'The same of a copy.',
};

/** Those that tfjs-node fails, completed and with the gradients of `@gan/engine`. */
export const ofTfjsNode: Exclusions = {
  ...ofGradients,
  ...Object.fromEntries(Object.entries(ofKernels).filter(([spec]) => /avgPool gradient|conv2dTranspose/.test(spec))),
  'ops/avg_pool_3d_test: avgPool3d x=[1,1,1,1,1] f=[1,1,3] s=1 p=valid':
    'A window that is larger than the input is refused, where TensorFlow.js gives a tensor without numbers.',
  'ops/einsum_test: einsum 2d matrix calculate trace: duplicate axes not implemented yet': 'TensorFlow has traces.',
  'ops/einsum_test: einsum nonexistent dimension throws error':
    'TensorFlow takes a dimension of the result that no input has.',
  'ops/sign_test: sign basic': 'The sign of what is no number is none, where TensorFlow.js says 0.',
  'ops/sign_test: sign does not propagate NaNs': 'The same.',
  'ops/sign_test: sign accepts a tensor-like object': 'The same.',
  'ops/tan_test: tan numbers exceed float32 precision': 'The last digit of a tangent of 30144, rounded otherwise.',
  'ops/unique_test: unique 1d tensor with NaN and Infinity':
    'Two that are no numbers are two values, where TensorFlow.js says that they are one.',
};

/** Those that the completed WebGPU backend fails, on a software adapter at least. */
export const ofWebGPU: Exclusions = {
  ...ofAverages,
  'ops/gather_test: gather throws when index is out of bound':
    'A device has no errors to throw, and reading every list of places back would wait for it.',
  'ops/softmax_test: softmax Propagates NaNs':
    'The NaN stays, and the numbers beside it become 0: WGSL promises nothing of NaN.',
  'ops/tan_test: tan numbers exceed float32 precision':
    "From 2^15 on a tangent is the device's own, and WGSL asks for no precision there.",
};
