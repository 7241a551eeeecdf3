import { describe, expect, test } from 'vitest'
import { readMailReports } from './mail-reports.ts'

/** A delivery status notification as Postfix writes it. */
function dsn(
  recipients: readonly (readonly string[])[],
  original = 'Message-ID: <abc@magpie.example>\nTo: wang@example.com',
): string {
  return [
    'From: MAILER-DAEMON@relay.example',
    'To: gifts@magpie.example',
    'Subject: Undelivered Mail Returned to Sender',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"',
    '',
    '--b1',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    'It could not be delivered.',
    '--b1',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; relay.example',
    ...recipients.flatMap((lines) => ['', ...lines]),
    '',
    '--b1',
    'Content-Type: text/rfc822-headers',
    '',
    original,
    '',
    '--b1--',
    '',
  ].join('\r\n')
}

const refused = (status: string, action = 'failed') => [
  'Final-Recipient: rfc822; wang@example.com',
  `Action: ${action}`,
  `Status: ${status}`,
  'Diagnostic-Code: smtp; 550 said',
  '    the other side',
]

describe('a mail that came back', () => {
  test('because there is no such mailbox closes the address, and names its message', async () => {
    const raw = dsn([refused('5.1.1')])
    const [report, ...others] = await readMailReports(raw)
    expect(others).toEqual([])
    expect(report).toEqual({
      id: expect.stringMatching(/^mail-[0-9a-f]{40}-0$/),
      type: 'bounced',
      bounce: 'hard',
      from: 'wang@example.com',
      providerId: '<abc@magpie.example>',
      text: 'smtp; 550 said the other side',
    })
    expect(await readMailReports(raw)).toEqual([report])
  })

  test.each([
    ['5.2.2', 'soft'],
    ['5.7.1', 'soft'],
    ['4.4.7', 'soft'],
    ['5.1.10', 'hard'],
    ['5.2.1', 'hard'],
    ['5.4.4', 'hard'],
  ])('with %s is a %s bounce', async (status, bounce) => {
    expect(await readMailReports(dsn([refused(status)]))).toMatchObject([{ bounce }])
  })

  test('tells of each of its recipients, and nothing of those that are still being tried', async () => {
    const raw = dsn([
      refused('5.1.1'),
      ['Final-Recipient: rfc822;<li@example.com>', 'Action: delayed', 'Status: 4.4.1'],
      ['Final-Recipient: rfc822;zhao@example.com', 'Action: delivered', 'Status: 2.0.0'],
    ])
    expect(await readMailReports(raw)).toMatchObject([
      { type: 'bounced', from: 'wang@example.com' },
      { type: 'delivered', from: 'zhao@example.com' },
    ])
  })

  test('as a complaint closes the address, and no other kind of feedback does', async () => {
    const arf = (kind: string) =>
      [
        'From: feedback@isp.example',
        'MIME-Version: 1.0',
        'Content-Type: multipart/report; report-type=feedback-report; boundary=b2',
        '',
        '--b2',
        'Content-Type: message/feedback-report',
        '',
        `Feedback-Type: ${kind}`,
        'User-Agent: Feedback/1.0',
        'Version: 1',
        'Original-Rcpt-To: <wang@example.com>',
        '',
        '--b2',
        'Content-Type: message/rfc822',
        '',
        'From: gifts@magpie.example',
        'Message-ID: <abc@magpie.example>',
        'To: <wang@example.com>',
        '',
        'words',
        '--b2--',
        '',
      ].join('\r\n')
    expect(await readMailReports(arf('abuse'))).toMatchObject([
      { type: 'complained', from: 'wang@example.com', providerId: '<abc@magpie.example>' },
    ])
    expect(await readMailReports(arf('opt-out'))).toMatchObject([{ type: 'unsubscribed' }])
    expect(await readMailReports(arf('not-spam'))).toEqual([])
    expect(await readMailReports(arf('auth-failure'))).toEqual([])
  })

  test('and is an answer, an absence note or no mail at all tells nothing', async () => {
    for (const raw of ['', 'From: wang@example.com\r\nSubject: Re: x\r\n\r\nthanks', '\u0000\u0001', dsn([])])
      expect(await readMailReports(raw)).toEqual([])
  })
})
