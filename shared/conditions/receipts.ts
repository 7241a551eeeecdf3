/** The events by which channels tell what became of a message, and the receipt that each is. */
export const receiptKinds: ReadonlyMap<string, string> = new Map([
  ['message_delivered', 'delivered'],
  ['message_opened', 'opened'],
  ['message_clicked', 'clicked'],
  ['message_replied', 'replied'],
  ['message_failed', 'failed'],
  ['message_blocked', 'blocked'],
  ['message_complained', 'complained'],
  ['message_unsubscribed', 'unsubscribed'],
])

/** Whether an event tells of a message that was sent. */
export function isReceipt(event: string): boolean {
  return receiptKinds.has(event)
}
