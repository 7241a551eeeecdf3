import type { Words } from '../words.ts'
import type importWords from '../zh-CN/import.ts'

export default {
  title: 'Import',
  about: 'Customers and orders from CSV; columns are matched for you and broken rows listed apart.',
  empty: {
    title: 'Import customers and orders',
    text: 'Choose a file, check what each column means, and go. Imported rows are history and start no journey.',
    action: 'Back to customers',
    example: 'An orders.csv with order_id, customer_id, ordered_at and amount, in UTF-8 or GB18030.',
  },
} satisfies Words<typeof importWords>
