import { z } from 'zod'

/** Fields of the two files; every other column of customers becomes an attribute, of orders a property. */
export const customerFields = [
  'customer_id',
  'name',
  'first_name',
  'last_name',
  'phone',
  'email',
  'gender',
  'birthday',
  'city',
  'registered_at',
  'timezone',
  'language',
  'tags',
  'consent_sms',
  'consent_email',
  'opted_in_email',
  'unsubscribed_sms',
  'unsubscribed_email',
] as const
export const orderFields = [
  'order_id',
  'customer_id',
  'phone',
  'email',
  'name',
  'first_name',
  'last_name',
  'ordered_at',
  'created_at',
  'amount',
  'refunded',
  'currency',
  'state',
  'refund_state',
  'cancelled_at',
  'item_title',
  'item_sku',
  'item_quantity',
  'item_price',
  'consent_email',
] as const
export type CustomerField = (typeof customerFields)[number]
export type OrderField = (typeof orderFields)[number]
export type ImportField = CustomerField | OrderField

export const importKinds = ['customers', 'orders'] as const
export type ImportKind = (typeof importKinds)[number]
export const fieldsOf: Readonly<Record<ImportKind, readonly ImportField[]>> = {
  customers: customerFields,
  orders: orderFields,
}

/** What a file must have to be imported: of each group one field or more. */
export const neededFields: Readonly<Record<ImportKind, readonly (readonly ImportField[])[]>> = {
  customers: [['customer_id', 'phone', 'email']],
  orders: [['order_id'], ['customer_id', 'phone', 'email'], ['ordered_at', 'created_at'], ['amount']],
}

/** Names that no attribute or property may bear, as conditions know the field by them. */
export const reservedNames: Readonly<Record<ImportKind, readonly string[]>> = {
  customers: [
    'customer_id',
    'name',
    'phone',
    'email',
    'gender',
    'birthday',
    'city',
    'registered_at',
    'timezone',
    'language',
    'consent_sms',
    'consent_email',
  ],
  orders: ['order_id', 'customer_id', 'ordered_at', 'amount'],
}
