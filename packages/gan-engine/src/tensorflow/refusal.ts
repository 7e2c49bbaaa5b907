import { EngineError, sentenceOf } from '../engine-error.js';

/** The packages that bring TensorFlow's C library. */
export type TensorflowName = 'tfjs-node' | 'tfjs-node-gpu';

/** Why one of the packages does not load, and what to do about it. */
export function refusal(name: TensorflowName, path: string, cause: unknown): EngineError {
  const sentence = sentenceOf(cause);
  const error = (reason: string, remedy: string) => new EngineError(reason, { engine: name, remedy, cause });
  if (/Cannot find (package|module) '@tensorflow\/tfjs-node/.test(sentence))
    return error(`${path} is not installed`, `\`npm install ${path}\` installs it`);
  if (/tfjs_binding\.node/.test(sentence))
    return error(
      `the native part of ${path} is missing: its install script was blocked, or could not download it`,
      `\`npm rebuild ${path}\` runs the script (with pnpm, \`pnpm approve-builds\` first)`,
    );
  const library = /(lib(?:cudart|cublas|cudnn|cufft|cusolver|cusparse)\S*)/.exec(sentence)?.[1];
  if (library)
    return error(
      `${path} needs ${library}, which is not on this machine`,
      'install CUDA 11.2 with cuDNN 8.1; it takes nothing newer',
    );
  return error(`${path} does not load: ${sentence}`, 'choose another engine');
}
