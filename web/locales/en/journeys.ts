import type { Words } from '../words.ts'
import type journeys from '../zh-CN/journeys.ts'

export default {
  title: 'Journeys',
  about: 'A journey is one campaign: who enters, when they hear from you, where paths part, how it ends.',
  empty: {
    title: 'Draw the first journey',
    text: 'Connect triggers, waits, branches and sends into one path, and rehearse it on real customers before you publish.',
    action: 'Start from a template',
    second: 'Import your customers',
    example:
      'Qixi gift box: invite past Qixi buyers 14 days ahead, remind them 3 days before and on the day, and thank buyers with a coupon two weeks later.',
  },
} satisfies Words<typeof journeys>
