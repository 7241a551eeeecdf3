import type { Words } from '../words.ts'
import type audiences from '../zh-CN/audiences.ts'

export default {
  title: 'Audiences',
  about: 'Save conditions as audiences for journeys and reports; their counts stay fresh.',
  empty: {
    title: 'Describe the first audience',
    text: 'Combine attributes, tags, orders and behaviour, and see the count while you change them. Journeys save customers to audiences too.',
    action: 'Import customers first',
    example:
      'Qixi regulars: ordered in the 14 days before Qixi in either of the past two years, and spent over ¥200 in that time.',
  },
} satisfies Words<typeof audiences>
