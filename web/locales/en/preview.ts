import type { Words } from '../words.ts'
import type preview from '../zh-CN/preview.ts'

export default {
  title: 'Preview',
} satisfies Words<typeof preview>
