import {
  type BackendValues,
  DataStorage,
  type DataType,
  engine,
  KernelBackend,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs-core';
import { noteDisposed, noteMade } from './lost-tensors.js';
import { aten } from './native/call.js';
import { type Device, onDevice } from './native/device.js';
import type { NativeType } from './native/dtype.js';
import { type Handle, liveHandles, scope } from './native/handle.js';
import { shapeOf, storageOf } from './native/inspect.js';
import { download, full, upload } from './native/memory.js';
import { inPrecision, type Precision } from './native/precision.js';
import { TorchError } from './native/torch-error.js';

/** The types of TensorFlow.js whose numbers live in libtorch. */
export type NumericType = 'float32' | 'int32' | 'bool' | 'complex64';

type DataId = TensorInfo['dataId'];

/** What is behind a data id: a tensor in libtorch, or strings, which stay in JavaScript. */
interface Stored {
  readonly content: Handle | BackendValues;
  readonly shape: readonly number[];
  readonly dtype: DataType;
  references: number;
}

const toType = aten('to.dtype');
const reshape = aten('reshape');

const arrays = { float32: Float32Array, int32: Int32Array, bool: Uint8Array, complex64: Float32Array } as const;

/** Whether numbers of a type live in libtorch. */
export const isNumeric = (dtype: unknown): dtype is NumericType => typeof dtype === 'string' && dtype in arrays;

const isHandle = (content: Handle | BackendValues): content is Handle => 'pointer' in content;

const uploaded = (values: BackendValues, shape: readonly number[], dtype: DataType): Handle | BackendValues => {
  if (!isNumeric(dtype)) return values;
  const kind = arrays[dtype];
  const typed = values instanceof kind ? values : kind.from(values as unknown as ArrayLike<number>);
  return upload(typed as Float32Array & Int32Array & Uint8Array, shape, dtype).keep();
};

const sameShape = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((size, index) => size === b[index]);

/** Tensors of TensorFlow.js in libtorch's memory. Data ids are counted; the handle goes with the last reference. */
export class TorchBackend extends KernelBackend {
  /** What holds the numbers of float32 tensors. They are converted when written and read. */
  readonly precision: Precision;
  /** Where all of them lie. */
  readonly device: Device;
  readonly #data = new DataStorage<Stored>(this, engine());
  /** The handles of `#data`, which cannot be walked. */
  readonly #handles = new Set<Handle>();

  constructor(precision: Precision, device: Device) {
    super();
    this.precision = precision;
    this.device = device;
  }

  /** Runs `body`, which must not wait, in the precision and on the device of this backend. */
  run<T>(body: () => T): T {
    return onDevice(this.device, () => inPrecision(this.precision, body));
  }

  #upload(values: BackendValues, shape: readonly number[], dtype: DataType): Handle | BackendValues {
    return this.run(() => uploaded(values, shape, dtype));
  }

  #set(
    dataId: DataId,
    content: Handle | BackendValues,
    [shape, dtype]: [readonly number[], DataType],
    references: number,
  ): void {
    this.#data.set(dataId, { content, shape, dtype, references });
    if (isHandle(content)) this.#handles.add(content);
    noteMade(dataId, shape, dtype);
  }

  /** Adopts a result: the handle now belongs to the data id. */
  adopt(handle: Handle, dtype: NumericType): TensorInfo {
    const dataId = {};
    const shape = shapeOf(handle);
    this.#set(dataId, handle.keep(), [shape, dtype], 1);
    return { dataId, shape: [...shape], dtype };
  }

  /** What is behind a tensor, as it lies there; undefined for strings. */
  contentOf({ dataId }: TensorInfo): Handle | undefined {
    const { content } = this.#data.get(dataId);
    return isHandle(content) ? content : undefined;
  }

  /** One more tensor over the same data. */
  share({ dataId, shape, dtype }: TensorInfo): TensorInfo {
    this.incRef(dataId);
    return { dataId, shape, dtype };
  }

  /**
   * The handle of a tensor, in the tensor's own shape and type. Data that came from another backend may be shared by
   * tensors that label it differently: those get a view, which lives as long as the current scope.
   *
   * @throws TorchError for strings, which stay in JavaScript.
   */
  handleOf({ dataId, shape, dtype }: TensorInfo): Handle {
    const { content, shape: storedShape, dtype: stored } = this.#data.get(dataId);
    if (!isHandle(content) || !isNumeric(dtype))
      throw new TorchError(`the torch backend has no numbers for a tensor of ${dtype}`);
    const typed = stored === dtype ? content : toType(content, dtype as NativeType, false, false, null);
    return sameShape(storedShape, shape) ? typed : reshape(typed, shape);
  }

  override write(values: BackendValues, shape: number[], dtype: DataType): DataId {
    const dataId = {};
    this.#set(dataId, this.#upload(values, shape, dtype), [[...shape], dtype], 1);
    return dataId;
  }

  override move(dataId: DataId, values: BackendValues, shape: number[], dtype: DataType, references: number): void {
    this.#set(dataId, this.#upload(values, shape, dtype), [[...shape], dtype], references);
  }

  override readSync(dataId: DataId): BackendValues {
    const { content, dtype } = this.#data.get(dataId);
    return isHandle(content) ? download(content, dtype as NumericType) : content;
  }

  override read(dataId: DataId): Promise<BackendValues> {
    return Promise.resolve(this.readSync(dataId));
  }

  override refCount(dataId: DataId): number {
    return this.#data.has(dataId) ? this.#data.get(dataId).references : 0;
  }

  override incRef(dataId: DataId): void {
    this.#data.get(dataId).references++;
  }

  decRef(dataId: DataId): void {
    if (this.#data.has(dataId)) this.#data.get(dataId).references--;
  }

  override disposeData(dataId: DataId, force = false): boolean {
    if (!this.#data.has(dataId)) return true;
    const stored = this.#data.get(dataId);
    stored.references--;
    if (!force && stored.references > 0) return false;
    if (isHandle(stored.content)) {
      this.#handles.delete(stored.content);
      stored.content.free();
    }
    this.#data.delete(dataId);
    noteDisposed(dataId);
    return true;
  }

  override numDataIds(): number {
    return this.#data.numDataIds();
  }

  /**
   * @returns beside what TensorFlow.js itself counts: `numHandles`, the tensors held in libtorch, and `numBytesInTorch`,
   *   the memory behind them, where tensors that are views of one another count once. TensorFlow.js's own `numBytes`
   *   counts 4 bytes a number, which is called unreliable where doubles are held.
   */
  override memory(): { unreliable: boolean; reasons?: string[]; numHandles: number; numBytesInTorch: number } {
    const storages = new Map<number, number>();
    for (const handle of this.#handles) {
      const { start, bytes } = storageOf(handle);
      storages.set(start, bytes);
    }
    const numBytesInTorch = [...storages.values()].reduce((all, bytes) => all + bytes, 0);
    const numbers = { numHandles: liveHandles(), numBytesInTorch };
    if (this.precision === 'float32') return { unreliable: false, ...numbers };
    const reason = 'numBytes counts 4 bytes a number, where 8 are held: numBytesInTorch has what is held';
    return { unreliable: true, reasons: [reason], ...numbers };
  }

  /** What TensorFlow.js derives constants from, and 32 in either precision: they compute the same functions. */
  override floatPrecision(): 16 | 32 {
    return 32;
  }

  /** From an idle device to an idle device. */
  override async time(body: () => void): Promise<{ kernelMs: number }> {
    this.#settle();
    const start = util.now();
    body();
    this.#settle();
    return { kernelMs: util.now() - start };
  }

  /** Waits until the device has done what was asked of it. */
  #settle(): void {
    if (this.device !== 'cpu') this.run(() => scope(() => download(full([], 0, 'float32'), 'float32')));
  }

  override dispose(): void {
    for (const handle of this.#handles) handle.free();
    this.#handles.clear();
  }
}
