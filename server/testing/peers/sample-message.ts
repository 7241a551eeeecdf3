import type { OutboundMessage } from '../../channels/channel.ts'

/** A message for the tests of channels, with what matters to the test put in its place. */
export function sampleMessage(changes: Partial<OutboundMessage> = {}): OutboundMessage {
  return {
    id: 'm1',
    key: 'e1:sms-t14:1',
    customerId: 'c1',
    to: '13800000001',
    subject: null,
    text: '七夕将至，礼盒已为你留好。回T退订',
    html: null,
    json: null,
    attachments: [],
    purpose: 'marketing',
    unsubscribeUrl: null,
    sentAt: Date.UTC(2026, 7, 5, 2),
    meta: { journeyId: 'qixi', node: 'sms-t14' },
    ...changes,
  }
}
