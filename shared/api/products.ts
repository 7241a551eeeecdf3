import { z } from 'zod'
import { limits } from '../limits.ts'

const id = z.union([z.string().trim().min(1).max(limits.idLength.value), z.int()]).transform(String)
const text = z.string().max(limits.valueLength.value).nullable().optional()
const link = z
  .string()
  .max(limits.urlLength.value)
  .regex(/^https?:\/\/\S+$/i, 'a web address, with http:// or https://')
  .nullable()
  .optional()

/** A product as POST /products takes one. What is left out stays, null takes away; any other field is an attribute. */
export const productRecord = z.looseObject({
  id: id.describe('By which the lines of orders name it: its SKU'),
  title: text,
  price: z.int().min(0).max(limits.money.value).nullable().optional().describe('Minor units, tax included'),
  stock: z.int().min(0).max(1_000_000_000).nullable().optional(),
  category: text,
  image: link,
  link,
  attributes: z
    .record(
      z.string().min(1).max(limits.nameLength.value),
      z.union([z.string(), z.number(), z.boolean()]).nullable(),
    )
    .optional(),
})
export type ProductRecord = z.output<typeof productRecord>

export const product = z.object({
  id: z.string(),
  title: z.string().nullable(),
  price: z.int().nullable().describe('Minor units'),
  stock: z.int().nullable().describe('null: nobody counts it'),
  category: z.string().nullable(),
  image: z.string().nullable(),
  link: z.string().nullable(),
  attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  updatedAt: z.int(),
})
export type Product = z.infer<typeof product>

/** GET /products?search=&category=&after=&limit= : by id, `after` the last id of the page before. */
export const productQuery = z.object({
  search: z.string().max(limits.nameLength.value).optional().describe('Part of an id or a title'),
  category: z.string().optional(),
  after: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(limits.pageSize.value).default(50),
})
export type ProductQuery = z.output<typeof productQuery>
export const productList = z.object({
  products: z.array(product),
  total: z.int().describe('How many answer the search'),
  categories: z.array(z.string()).describe('The first 200 there are'),
  next: z.string().nullable(),
})
export type ProductList = z.infer<typeof productList>
