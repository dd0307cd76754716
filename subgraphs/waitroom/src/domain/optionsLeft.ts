import { isLive } from './entryStatus.js';
import type { Standing } from './line.js';
import type { WaitroomOption } from './joinRefusal.js';
import type { SaleState } from './saleState.js';

/** What remains possible for somebody who is no longer in the line. */
export function optionsLeft(
  { status }: Pick<Standing, 'status'>,
  saleState: SaleState,
): readonly WaitroomOption[] {
  if (isLive(status) || saleState === 'SALE_ENDED' || saleState === 'EVENT_CANCELLED') return [];
  return saleState === 'SOLD_OUT' ? ['JOIN_FOR_RETURNS'] : ['JOIN'];
}
