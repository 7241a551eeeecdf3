import type { Words } from '../words.ts'
import type messages from '../zh-CN/messages.ts'

export default {
  title: 'Messages',
  about: 'Every message that was sent, and what became of it.',
  empty: {
    title: 'Messages are kept here',
    text: 'The text, the state and the receipts of each message, and for those that were held back, the reason.',
    action: "Open the customer's phone",
    example: 'Jul 25, 10:00: first SMS, delivered; another was deferred to 9:00 next day by quiet hours.',
  },
} satisfies Words<typeof messages>
