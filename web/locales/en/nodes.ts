import type { Words } from '../words.ts'
import type nodes from '../zh-CN/nodes.ts'

export default {
  categories: {
    entry: 'Entry',
    time: 'Time',
    choice: 'Choice',
    touch: 'Touch',
    customer: 'Customer',
    ending: 'Ending',
  },
} satisfies Words<typeof nodes>
