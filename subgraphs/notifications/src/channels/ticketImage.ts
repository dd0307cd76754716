import { create, type QRCodeSegment } from 'qrcode';
import type { MailAttachment } from './channel.js';
import { encodePng } from './encodePng.js';

/** About what the HTML shows it at, twice over for dense screens; pixels. */
const WIDTH = 440;
/** White around it, in squares: what ISO/IEC 18004 asks for. */
const MARGIN = 4;

/** A ticket's code as a picture that a door's reader takes. @param name unique in the mail; the HTML says `cid:<name>`. */
export function ticketImage(name: string, code: string): MailAttachment {
  // The mode is given: looking for a shorter mix of them costs more than all the rest.
  const { modules } = create([segmentOf(code)], { errorCorrectionLevel: 'L' });
  const scale = Math.max(1, Math.floor(WIDTH / (modules.size + 2 * MARGIN)));
  const picture = encodePng({ size: modules.size, squares: modules.data }, scale, MARGIN);
  return { name, contentType: 'image/png', content: picture.toString('base64') };
}

/** Codes are in Base45, whose characters are those of the alphanumeric mode; events of before have web tokens. */
function segmentOf(code: string): QRCodeSegment {
  return /^[0-9A-Z $%*+\-./:]+$/.test(code)
    ? { data: code, mode: 'alphanumeric' }
    : { data: Buffer.from(code, 'latin1'), mode: 'byte' };
}
