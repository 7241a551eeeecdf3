import type { Words } from '../words.ts'
import type quality from '../zh-CN/quality.ts'

export default {
  title: 'Data quality',
  about:
    'What of the incoming data does not look right: doubles, gaps, outliers, and rows that were refused.',
  back: 'Back to customers',
  again: 'Look again',
  looked: 'As of {{at}}: {{customers}} customers and {{events}} events looked through',
  customers_one: '{{said}} customer',
  customers: '{{said}} customers',
  events_one: '{{said}} event',
  events: '{{said}} events',
  days_one: '{{said}} day',
  days: '{{said}} days',
  of: 'of {{of}}',
  sampled: '(in a sample of 200,000 events)',
  examples: 'Examples',
  weights: { fault: 'Fault', doubt: 'Look at it', note: 'Good to know' },
  fields: {
    name: 'Name',
    gender: 'Gender',
    birthday: 'Birthday',
    city: 'City',
    registered_at: 'Registered',
  },
  refused: {
    title: 'Rows that were refused',
    about:
      'In the last 30 days, by who brought them and why. Mend them where they come from, and send them again.',
    from: 'From',
    person: 'A person, over the API',
    reason: 'Why',
    count: 'Rows',
    last: 'Last',
  },
  empty: {
    title: 'Nothing found',
    text: '{{customers}} customers and {{events}} events were looked through, and no row was refused in the last 30 days.',
  },
} satisfies Words<typeof quality>
