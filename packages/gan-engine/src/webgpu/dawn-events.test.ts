import { describe, expect, it } from 'vitest';
import { eventsFrom } from './dawn-events.js';

/** What hands itself to `setImmediate` as long as there is something to wait for, as Dawn does. */
function runner() {
  const state = { events: 0, waitingFor: 0 };
  const tick = () => {
    state.events++;
    if (state.events < state.waitingFor) setImmediate(tick);
  };
  const begin = (count: number) => {
    state.waitingFor += count;
    setImmediate(tick);
    return 'begun';
  };
  return { state, begin };
}

describe('eventsFrom', () => {
  it('has events happen while JavaScript waits', () => {
    const { state, begin } = runner();
    const { begun, events } = eventsFrom(() => begin(3));
    expect(begun).toBe('begun');
    expect(state.events).toBe(0);
    events!.until(() => state.events === 2);
    expect(state.events).toBe(2);
  });

  it('leaves to the loop what nobody waited for, and setImmediate as it was', async () => {
    const before = globalThis.setImmediate;
    const { state, begin } = runner();
    const { events } = eventsFrom(() => begin(3));
    events!.until(() => state.events === 1);
    expect(globalThis.setImmediate).toBe(before);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(state.events).toBeGreaterThanOrEqual(3);
  });

  it('gives setImmediate back when what begins or is waited for throws', () => {
    const before = globalThis.setImmediate;
    const fail = () => {
      throw new Error('no');
    };
    expect(() => eventsFrom(fail)).toThrow('no');
    expect(() => eventsFrom(() => runner().begin(1)).events!.until(fail)).toThrow('no');
    expect(globalThis.setImmediate).toBe(before);
  });

  it('knows of none where nothing is handed over', () => {
    expect(eventsFrom(() => 1)).toEqual({ begun: 1, events: undefined });
  });
});
