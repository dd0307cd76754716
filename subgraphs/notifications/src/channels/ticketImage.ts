import { create } from 'qrcode';
import type { MailAttachment } from './channel.js';
import { encodePng } from './encodePng.js';

/** About what the HTML shows it at, twice over for dense screens; pixels. */
const WIDTH = 440;
/** White around it, in squares: what ISO/IEC 18004 asks for. */
const MARGIN = 4;

/** A ticket's code as a picture that a door's reader takes. @param name unique in the mail; the HTML says `cid:<name>`. */
export function ticketImage(name: string, code: string): MailAttachment {
  // Said to be bytes: looking for a shorter mix of modes costs more than all the rest, and a JWT has none.
  const { modules } = create([{ data: Buffer.from(code, 'latin1'), mode: 'byte' }], {
    errorCorrectionLevel: 'L',
  });
  const scale = Math.max(1, Math.floor(WIDTH / (modules.size + 2 * MARGIN)));
  const picture = encodePng({ size: modules.size, squares: modules.data }, scale, MARGIN);
  return { name, contentType: 'image/png', content: picture.toString('base64') };
}
