import type { Words } from '../words.ts'
import type products from '../zh-CN/products.ts'

export default {
  title: 'Products',
  about:
    'What the brand sells, from a file or sent in by its shop over the API (POST /products); the sku in the lines of orders is the id here.',
  back: 'Back to customers',
  byFile: 'From a file',
  count: '{{total}} products',
  count_one: '{{total}} product',
  search: 'Id or title',
  allCategories: 'All categories',
  none: 'No product answers this',
  more: 'Show more',
  columns: { title: 'Product', category: 'Category', price: 'Price', stock: 'In stock', others: 'More' },
  picks: {
    title: 'How well picks do',
    about:
      'For each customer: what buyers of the same things bought too, the categories bought from, what is bought again and again, and what many buy. In stock, and not bought just now.',
    never: 'Never reckoned: each night does, or the page of the models now.',
    counted: 'Counted from {{buyers}} buyers of {{goods}} goods, {{when}}.',
    hit: 'Of {{shown}} picks the next order held one',
    popular: 'The same for what most people buy',
    tried: 'Tried on the orders since {{from}}, of {{customers}} customers. ',
    few: 'Too few customers have bought again to say.',
  },
  empty: {
    title: 'No products yet',
    text: 'Import a table of products, or let the shop send them to POST /products with a key that writes: one, a list or a stream.',
  },
} satisfies Words<typeof products>
