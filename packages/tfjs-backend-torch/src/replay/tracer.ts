import { Handle, handlesSoFar } from '../native/handle.js';
import { countOf, type Layout, layoutOf, storageOf } from '../native/inspect.js';
import { alias } from '../native/memory.js';
import { type OperatorCall, type ShimCall, type Witness, witnessed } from '../native/witness.js';
import { fingerprint } from './fingerprint.js';
import {
  type Argument,
  constantsOf,
  type Instruction,
  isValue,
  lies,
  nameOf,
  plainSpelt,
  type Source,
  type Trace,
  type Value,
  valuesAmong,
} from './trace.js';

/** Operators whose result may look at their first argument's memory. */
const viewing = new Set([
  ...['aten::reshape.', 'aten::permute.', 'aten::transpose.int', 'aten::expand.', 'aten::unsqueeze.'],
  ...['aten::narrow.', 'aten::slice.Tensor', 'aten::select.int', 'aten::contiguous.'],
]);

/** Up to this many numbers, what depends on constants alone is kept instead of made again. */
const SMALL = 2 ** 16;

/** Writes down what makes tensors, for what is done once to be done again. */
export class Tracer implements Witness {
  readonly #values = new Map<Handle, Value>();
  /** Of sources that something was seen of. */
  readonly #layouts = new Map<Source, Layout>();
  readonly #instructions: Instruction[] = [];
  readonly #inputs: Layout[] = [];
  readonly #constants: Handle[] = [];
  /** What came of each call, for the next one like it. */
  readonly #calls = new Map<string, readonly Value[]>();
  readonly #numbers = new Map<Source, number>();
  readonly #immortal = new Set<Handle>();
  readonly #begun = handlesSoFar();
  #refusal: string | undefined;

  /** Why it cannot be done again from what is written down, if so. */
  get refusal(): string | undefined {
    return this.#refusal;
  }

  /** A tensor that will be another one when it is done again. */
  input(handle: Handle): void {
    if (this.#values.get(handle)?.source.kind === 'input') this.refuse('two inputs are the same tensor');
    const layout = layoutOf(handle);
    const source: Source = { kind: 'input', index: this.#inputs.length, layout };
    this.#inputs.push(layout);
    this.#values.set(handle, { source, view: undefined });
  }

  operator({ operator, overload, schema, values, results }: OperatorCall): void {
    const name = `${operator}.${overload}`;
    if (/_(\.|$)/.test(name)) this.refuse(`${name} changes what it is given`);
    const [result] = results;
    if (viewing.has(name) && this.#isView(values[0] as Handle, result!)) return;
    const made = this.#arguments(values);
    this.#do({ kind: 'operator', operator, overload, schema, values: made, results: results.length }, results);
  }

  shim({ call, name, values, result }: ShimCall): void {
    this.#do({ kind: 'shim', name, call, values: this.#arguments(values), results: 1 }, [result]);
  }

  said(handle: Handle): void {
    this.#values.set(handle, this.#constant(handle));
  }

  blank(handle: Handle): void {
    this.#values.set(handle, this.#constant(handle, undefined, true));
  }

  alias(handle: Handle, of: Handle): void {
    this.#values.set(handle, this.#valueOf(of));
  }

  immortal(handle: Handle): void {
    this.#immortal.add(handle);
  }

  refuse(reason: string): void {
    this.#refusal ??= reason;
  }

  /** What has to be done for some results; undefined if it cannot be said. */
  trace(results: readonly Handle[]): Trace | undefined {
    const given = new Set(results);
    for (const [handle, { source }] of this.#values)
      if (handle.lives && !given.has(handle) && source.kind !== 'input' && !this.#mayLive(handle, source))
        this.refuse('a tensor that was made on the way was kept');
    if (this.#refusal !== undefined) return undefined;
    const outputs = results.map((handle) => this.#valueOf(handle));
    const needed = new Set<Instruction>();
    const need = ({ source }: Value): void => {
      if (source.kind === 'made') needed.add(source.by);
    };
    outputs.forEach(need);
    for (const instruction of [...this.#instructions].reverse())
      if (needed.has(instruction)) instruction.values.flatMap(valuesAmong).forEach(need);
    const instructions = this.#instructions.filter((instruction) => needed.has(instruction));
    const inputs = this.#inputs;
    return { inputs, instructions, outputs, fingerprint: fingerprint(inputs, instructions, outputs) };
  }

  /** Gives back what it kept, save what a trace needs. */
  end(trace?: Trace): void {
    const kept = new Set(trace && constantsOf(trace).map(({ handle }) => handle));
    for (const handle of this.#constants) if (!kept.has(handle)) handle.free();
  }

  #mayLive = (handle: Handle, source: Source): boolean =>
    this.#immortal.has(handle) || (source.kind === 'constant' && source.origin === handle);

  /** The call as an instruction, unless it was made before or it can be foreseen what comes of it. */
  #do(instruction: Instruction, results: readonly Handle[]): void {
    const call = this.#spelt(instruction);
    const made = this.#calls.get(call) ?? this.#made(instruction, results);
    this.#calls.set(call, made);
    for (const [position, result] of results.entries()) this.#values.set(result, made[position]!);
  }

  #made(instruction: Instruction, results: readonly Handle[]): readonly Value[] {
    const among = instruction.values.flatMap(valuesAmong);
    const foreseen =
      among.every(({ source }) => source.kind === 'constant' && !source.blank) &&
      results.every((result) => countOf(result) <= SMALL);
    if (!foreseen) this.#instructions.push(instruction);
    return results.map((result, position) =>
      foreseen ? this.#constant(result) : { source: { kind: 'made', by: instruction, position }, view: undefined },
    );
  }

  /** Equal for calls that give the same numbers. */
  #spelt(instruction: Instruction): string {
    const spelt = (passed: Argument): Argument => {
      if (Array.isArray(passed)) return passed.map(spelt);
      if (!isValue(passed)) return plainSpelt(passed);
      const { source, view } = passed;
      const number = this.#numbers.get(source) ?? this.#numbers.size;
      this.#numbers.set(source, number);
      return [number, view];
    };
    return JSON.stringify([nameOf(instruction), instruction.values.map(spelt)]);
  }

  #arguments(passed: readonly unknown[]): Argument[] {
    return passed.map((one) => (Handle.is(one) ? this.#valueOf(one) : Array.isArray(one) ? this.#arguments(one) : one));
  }

  #valueOf(handle: Handle): Value {
    const known = this.#values.get(handle);
    if (known) return known;
    if (handle.born >= this.#begun) this.refuse('a tensor was made of which nobody told');
    const constant = this.#constant(handle, handle);
    this.#values.set(handle, constant);
    return constant;
  }

  #constant(handle: Handle, origin?: Handle, blank = false): Value {
    const own = witnessed(undefined, () => alias(handle)).keep();
    this.#constants.push(own);
    return { source: { kind: 'constant', handle: own, origin, blank }, view: undefined };
  }

  /** Whether a result is a view; then it is written down as one. */
  #isView(of: Handle, result: Handle): boolean {
    const [from, to] = [storageOf(of), storageOf(result)];
    if (from.start !== to.start || from.bytes !== to.bytes || from.bytes === 0) return false;
    const { source } = this.#valueOf(of);
    const own = this.#layoutOf(source, of);
    const { sizes, strides, offset } = layoutOf(result);
    const view = { sizes, strides, offset: offset - own.offset };
    this.#values.set(result, { source, view: lies(view, own) ? undefined : view });
    return true;
  }

  /** How a source itself lies, of which a tensor is at hand that looks at all of it or is a view written down. */
  #layoutOf(source: Source, of: Handle): Layout {
    const known = source.kind === 'input' ? source.layout : this.#layouts.get(source);
    if (known) return known;
    const layout = layoutOf(source.kind === 'constant' ? source.handle : of);
    this.#layouts.set(source, layout);
    return layout;
  }
}
