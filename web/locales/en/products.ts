import type { Words } from '../words.ts'
import type products from '../zh-CN/products.ts'

export default {
  title: 'Products',
  about:
    'What the brand sells, sent in by its shop over the API (POST /products); the sku in the lines of orders is the id here.',
  back: 'Back to customers',
  count: '{{total}} products',
  count_one: '{{total}} product',
  search: 'Id or title',
  allCategories: 'All categories',
  none: 'No product answers this',
  more: 'Show more',
  columns: { title: 'Product', category: 'Category', price: 'Price', stock: 'In stock', others: 'More' },
  empty: {
    title: 'No products yet',
    text: 'Let the shop send them to POST /products with a key that writes: one, a list or a stream.',
  },
} satisfies Words<typeof products>
