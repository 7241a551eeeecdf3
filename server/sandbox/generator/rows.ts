/** A value that a customer's attribute may hold. */
export type AttributeValue = string | number | boolean

/** A line of an order, its price of one in fen. */
export type OrderLine = {
  sku: string
  title: string
  quantity: number
  price: number
}

/** A value that an event's property may hold. */
export type PropertyValue = string | number | boolean | string[] | OrderLine[]

/** One member of the demo brand, in the shape of the store's customers. Times are epoch milliseconds. */
export interface CustomerRow {
  id: string
  name: string | null
  phone: string | null
  email: string | null
  gender: 'female' | 'male' | null
  /** 'YYYY-MM-DD' */
  birthday: string | null
  city: string | null
  registeredAt: number | null
  timezone: string | null
  language: string | null
  /** null: the member was never asked */
  consentSms: boolean | null
  consentEmail: boolean | null
  blacklisted: boolean
  attributes: Record<string, AttributeValue>
}

/** Something a member did, in the shape of the store's events. An order's id is its order number. */
export interface EventRow {
  id: string
  customerId: string
  name: string
  at: number
  /** fen; null for whatever is not a purchase */
  amount: number | null
  properties: Record<string, PropertyValue>
}
