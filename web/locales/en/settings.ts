import type { Words } from '../words.ts'
import type settings from '../zh-CN/settings.ts'

export default {
  title: 'Settings',
  about: 'Brand, channels and AI: decided once, kept by every journey.',
  empty: {
    title: 'Set the rules of the brand',
    text: 'Signature, time zone, quiet hours, prices and channels live here.',
    action: 'Back to journeys',
    example: 'Signature 【Magpie Gifts】, quiet from 21:00 to 9:00, ¥0.045 per SMS part.',
  },
} satisfies Words<typeof settings>
