import type { Words } from '../words.ts'
import type templates from '../zh-CN/templates.ts'

export default {
  title: 'Templates',
  about: 'Journeys that can be published as they are; change a few words and they are yours.',
  import: 'Import a file',
  use: 'Use this template',
  look: 'See every step',
  drawing: 'The way through “{{name}}”',
  nodes: '{{count}} nodes',
  nodes_one: '{{count}} node',
  messages: '{{count}} messages',
  messages_one: '{{count}} message',
  waits: '{{count}} waits',
  waits_one: '{{count}} wait',
  branches: '{{count}} branches',
  branches_one: '{{count}} branch',
  coupons: '{{count}} coupons',
  coupons_one: '{{count}} coupon',
  control: '{{percent}}% control group',
  steps: 'Every step',
  goals: 'Goals',
  empty: {
    title: 'Begin with a ready journey',
    text: 'Each template is a whole journey: audience, texts, waits and results are written. A file from a colleague can be imported as well.',
    action: 'See your journeys',
    example: 'Cart rescue: 2 hours in the cart and no order, a reminder; the next day a small coupon.',
  },
} satisfies Words<typeof templates>
