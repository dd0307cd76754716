import { decideRefresh, type RefreshState, type ShownToken } from './decideRefresh.js';

const NOW = new Date('2026-05-01T10:00:00Z');
const GRACE = 30_000;
const at = (milliseconds: number): Date => new Date(NOW.getTime() + milliseconds);

const session: RefreshState = {
  generation: 3,
  generationAt: at(-10_000),
  ended: false,
  expiresAt: at(86_400_000),
};
const token: ShownToken = { generation: 3, expiresAt: at(86_400_000), sameDevice: true };

const decide = (state: Partial<RefreshState>, shown: Partial<ShownToken>) =>
  decideRefresh({ ...session, ...state }, { ...token, ...shown }, NOW, GRACE);

describe('decideRefresh', () => {
  it('rotates for a token of the present generation', () => {
    expect(decide({}, {})).toBe('ROTATE');
  });

  it('accepts the token just replaced from the same device only', () => {
    expect(decide({}, { generation: 2 })).toBe('GRACE');
    expect(decide({}, { generation: 2, sameDevice: false })).toBe('REUSE');
  });

  it('rotates for another device: networks change', () => {
    expect(decide({}, { sameDevice: false })).toBe('ROTATE');
  });

  it('ends the grace after its time', () => {
    expect(decide({ generationAt: at(-GRACE) }, { generation: 2 })).toBe('GRACE');
    expect(decide({ generationAt: at(-GRACE - 1) }, { generation: 2 })).toBe('REUSE');
  });

  it('takes anything older for reuse', () => {
    expect(decide({}, { generation: 1 })).toBe('REUSE');
  });

  it('says of an ended or expired session that it is over, whatever is shown', () => {
    expect(decide({ ended: true }, {})).toBe('OVER');
    expect(decide({ expiresAt: NOW }, {})).toBe('OVER');
    expect(decide({ ended: true }, { generation: 1 })).toBe('OVER');
    expect(decide({}, { expiresAt: NOW })).toBe('OVER');
  });
});
