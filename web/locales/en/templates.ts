import type { Words } from '../words.ts'
import type templates from '../zh-CN/templates.ts'

export default {
  title: 'Templates',
  about: 'Journeys ready to publish; change a few words and they are yours.',
  empty: {
    title: 'Begin with a journey that is already drawn',
    text: 'Each template is whole: audience, texts, waits and endings are written. A file shared by a colleague can be imported too.',
    action: 'See your journeys',
    example:
      'Cart rescue: two hours after the cart was filled without an order, a reminder; the next day, a small coupon.',
  },
} satisfies Words<typeof templates>
