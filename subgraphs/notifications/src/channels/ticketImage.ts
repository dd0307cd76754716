import { toBuffer } from 'qrcode';
import type { MailAttachment } from './channel.js';

/** A ticket's code as a picture that a door's reader takes. @param name unique in the mail; the HTML says `cid:<name>`. */
export async function ticketImage(name: string, code: string): Promise<MailAttachment> {
  const picture = await toBuffer(code, { errorCorrectionLevel: 'L', margin: 2, width: 440 });
  return { name, contentType: 'image/png', content: picture.toString('base64') };
}
