import type { Words } from '../words.ts'
import type customers from '../zh-CN/customers.ts'

export default {
  title: 'Customers',
  about: 'One page per customer: profile, orders, journeys walked and messages received.',
  import: 'Import',
  one: 'Customer',
  empty: {
    title: 'Bring your customers in',
    text: 'Import customers and orders from CSV, or let your systems send them by API. The same file twice adds nobody.',
    action: 'Import customers',
    example:
      'A customers.csv with an id, name, phone and city; every other column becomes an attribute you can use.',
  },
  oneEmpty: {
    title: 'One customer on one page',
    text: 'Profile, orders, each step of each journey and each message, in the order they happened.',
    action: 'Back to customers',
    example:
      'Jul 25, 10:00: entered the Qixi gift box for having bought in the 14 days before Qixi, and got the first SMS.',
  },
} satisfies Words<typeof customers>
