import { describe, expect, it } from 'vitest';
import { duration, type Moment, progress, spelled } from './progress.js';

const moment: Moment = {
  step: 350,
  steps: 2000,
  losses: { 'discriminator/non-saturating': 0.61342, 'generator/non-saturating': 1.2 },
  imagesPerSecond: 812.4,
  secondsLeft: 130,
};

/** A stream that keeps what is written to it. */
const output = (isTTY: boolean) => {
  const written: string[] = [];
  const stream = { isTTY, columns: 40, write: (text: string) => written.push(text) > 0 };
  return { written, stream: stream as unknown as NodeJS.WriteStream };
};

describe('progress', () => {
  it('tells step, losses, speed and time left in one line', () => {
    expect(spelled(moment)).toBe('step  350/2000  discriminator 0.613  generator 1.200  812 images/s  2 min left');
  });

  it('says durations as people do', () => {
    expect([0.2, 45, 89.5, 130, 5300, 7200].map(duration)).toEqual(['1 s', '45 s', '90 s', '2 min', '88 min', '2.0 h']);
  });

  it('rewrites one line of a terminal, no longer than it is wide, and puts what stays above it', () => {
    const { written, stream } = output(true);
    const shown = progress(stream);
    shown.show(spelled(moment));
    shown.say('a grid');
    expect(written).toEqual([`\r\u001b[2K${spelled(moment).slice(0, 39)}`, '\r\u001b[2Ka grid\n']);
  });

  it('prints plain lines elsewhere, and seldom', () => {
    const { written, stream } = output(false);
    const shown = progress(stream);
    expect(shown.isDue()).toBe(true);
    shown.show(spelled(moment));
    expect(shown.isDue()).toBe(false);
    expect(written).toEqual([`${spelled(moment)}\n`]);
  });
});
