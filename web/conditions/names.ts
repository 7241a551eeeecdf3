import { useTranslation } from 'react-i18next'
import { actEventNames, actProperties, isAct } from '../../shared/conditions/acts.ts'
import { leftProperties, lineEvent } from '../../shared/conditions/lines.ts'
import { isReceipt } from '../../shared/conditions/receipts.ts'
import type { Scalar } from '../../shared/conditions/schema.ts'
import { entryOf, isScore } from '../../shared/models/scores.ts'
import { useFormat } from '../ui/useFormat.ts'
import { useConditionServices } from './context.ts'
import type { NamedOption } from './NameSelect.tsx'

const standardAttributes = ['name', 'gender', 'birthday', 'city', 'phone', 'email', 'tier']
const derivedEvents: readonly string[] = [lineEvent, ...actEventNames]
const standardEvents = [
  'order',
  'add_to_cart',
  'page_view',
  'coupon_redeemed',
  'referral_joined',
  'referral_invited',
  'referral_rewarded',
  'registered',
  'message_delivered',
  'message_opened',
  'message_clicked',
  'message_replied',
  'message_failed',
  'message_blocked',
  'message_complained',
]

/** The attributes that a condition may ask about, each with an example from the data. */
export function useAttributeNames(): readonly NamedOption[] {
  const { vocabulary } = useConditionServices()
  const known = vocabulary?.attributes ?? []
  const names = [...new Set([...standardAttributes, ...known.map(({ name }) => name)])]
  return names.map((name) => ({
    name,
    note:
      known
        .find((one) => one.name === name)
        ?.examples.slice(0, 2)
        .join(' / ') ?? '',
  }))
}

/** The values that an attribute is known to have. */
export function useExamples(attribute: string): readonly Scalar[] {
  const { vocabulary } = useConditionServices()
  return vocabulary?.attributes.find(({ name }) => name === attribute)?.examples ?? []
}

/** The words of a score's own with what they are called; null where the attribute holds the brand's words. */
export function useWords(attribute: string): readonly { value: string; label: string }[] | null {
  const format = useFormat()
  const words = isScore(attribute) ? entryOf(attribute).words : undefined
  if (words === undefined) return null
  return Object.entries(words).map(([value, word]) => ({ value, label: format.text(word) }))
}

/** The events that the data knows, each with its count; `derived`: also those that follow from others. */
export function useEventNames(derived: boolean): readonly NamedOption[] {
  const { vocabulary } = useConditionServices()
  const format = useFormat()
  const { t } = useTranslation('nodes')
  const known = vocabulary?.events ?? []
  const ours = derived ? [...standardEvents, ...derivedEvents] : standardEvents
  const names = [...new Set([...ours, ...known.map(({ name }) => name)])]
  return names.map((name) => {
    const count = known.find((one) => one.name === name)?.count
    return {
      name,
      note: count === undefined ? '' : t('condition.times', { count: format.count(count, true) }),
    }
  })
}

/** Of any line of an order; what else a shop says of its lines is typed. */
const lineProperties = [
  ...['category', 'sku', 'title', 'amount', 'quantity', 'price', 'order_id'],
  ...leftProperties,
]

/** Of any report of a message, before others that channels give. */
const receiptProperties = ['journey_id', 'node', 'channel']

/** The properties that an event is known to have. */
export function usePropertyNames(event: string): readonly NamedOption[] {
  const { vocabulary } = useConditionServices()
  if (isAct(event)) return actProperties[event].map((name) => ({ name }))
  if (event === lineEvent) return lineProperties.map((name) => ({ name }))
  const known = vocabulary?.events.find(({ name }) => name === event)?.properties ?? []
  if (isReceipt(event)) return [...new Set([...receiptProperties, ...known])].map((name) => ({ name }))
  return [...new Set(['amount', ...known])].map((name) => ({ name }))
}

/** Days count back from today; it is a measure of the first or last event, not a property that came with it. */
export const daysAgo: NamedOption = { name: 'days_ago' }
