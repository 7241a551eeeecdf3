import type { Words } from '../words.ts'
import type rehearsal from '../zh-CN/rehearsal.ts'

export default {
  title: 'Rehearsal',
} satisfies Words<typeof rehearsal>
