import { createServer, type AddressInfo, type Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { createSmtpChannel } from './createSmtpChannel.js';

const SENDER = { name: 'Foyer', address: 'no-reply@example.org' };

test('a calendar file goes as an alternative that mail programs enter, and as a file', async () => {
  const taken: string[] = [];
  const recipients: string[] = [];
  const smtp = new SMTPServer({
    authOptional: true,
    closeTimeout: 1,
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

test('a server that says nothing is given up', async () => {
  const sockets: Socket[] = [];
  const silent = createServer((socket) => sockets.push(socket));
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const { port } = silent.address() as AddressInfo;
  const channel = createSmtpChannel({
    url: `smtp://127.0.0.1:${port}`,
    from: SENDER,
    silenceMs: 50,
  });
  const mail = { messageId: '<1@foyer>', to: 'lan@example.org', subject: 'x', html: 'x', text: 'x' };
  try {
    await expect(channel.send({ ...mail, attachments: [], calendar: null })).rejects.toThrow(/greeting/i);
  } finally {
    channel.close();
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => silent.close(() => resolve()));
  }
});

test('mails go over connections that are kept', async () => {
  let connections = 0;
  let mails = 0;
  const smtp = new SMTPServer({
    authOptional: true,
    closeTimeout: 1,
    disabledCommands: ['STARTTLS'],
    onConnect(_session, callback) {
      connections += 1;
      callback();
    },
    onData(stream, _session, callback) {
      stream.resume().on('end', () => {
        mails += 1;
        callback();
      });
    },
  });
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
  const { port } = smtp.server.address() as AddressInfo;
  const channel = createSmtpChannel({ url: `smtp://127.0.0.1:${port}`, from: SENDER });
  const mail = { to: 'lan@example.org', subject: 'x', html: 'x', text: 'x', attachments: [], calendar: null };
  try {
    for (let at = 0; at < 5; at += 1) await channel.send({ ...mail, messageId: `<${at}@foyer>` });
    expect({ connections, mails }).toEqual({ connections: 1, mails: 5 });
  } finally {
    channel.close();
    await new Promise<void>((resolve) => smtp.close(resolve));
  }
});
