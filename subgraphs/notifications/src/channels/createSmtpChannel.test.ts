import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { createSmtpChannel } from './createSmtpChannel.js';

test('a calendar file goes as an alternative that mail programs enter, and as a file', async () => {
  const taken: string[] = [];
  const recipients: string[] = [];
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo({ address }, _session, callback) {
      recipients.push(address);
      callback();
    },
    onData(stream, _session, callback) {
      let mail = '';
      stream.on('data', (chunk: Buffer) => (mail += chunk.toString()));
      stream.on('end', () => {
        taken.push(mail);
        callback();
      });
    },
  });
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
  const { port } = smtp.server.address() as AddressInfo;
  const channel = createSmtpChannel({
    url: `smtp://127.0.0.1:${port}`,
    from: { name: 'Foyer, the tickets', address: 'no-reply@example.org' },
  });
  const content = 'BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nEND:VCALENDAR';
  try {
    await channel.send({
      ...{
        messageId: '<1@foyer>',
        to: 'lan@bücher.example',
        subject: 'Cancelled',
        html: '<p>x</p>',
        text: 'x',
      },
      attachments: [],
      calendar: { method: 'CANCEL', content },
    });
    for (const to of ['"a:b@c.de"', 'a:b@c.de', 'a@b.de, c@d.de', '<a@b.de>', 'a@b.de\r\nBcc: c@d.de']) {
      const mail = {
        messageId: '<2@foyer>',
        to,
        subject: 'x',
        html: 'x',
        text: 'x',
        attachments: [],
        calendar: null,
      };
      await expect(channel.send(mail)).rejects.toThrow('no address');
    }
  } finally {
    channel.close();
    await new Promise<void>((resolve) => smtp.close(resolve));
  }
  const [mail = ''] = taken;
  expect(mail).toMatch(/^From: "Foyer, the tickets" <no-reply@example.org>/m);
  expect(mail).toMatch(/^To: lan@xn--bcher-kva.example/m);
  // The server shows it decoded.
  expect(recipients).toEqual(['lan@bücher.example']);
  expect(mail).toMatch(/^Content-Type: text\/calendar; charset=utf-8; method=CANCEL/m);
  expect(mail).toMatch(/^Content-Disposition: attachment; filename=reservation\.ics/m);
  expect(mail.replaceAll('\r\n', '')).toContain(Buffer.from(content).toString('base64'));
});
