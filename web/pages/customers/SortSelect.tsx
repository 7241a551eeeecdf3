import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import {
  byId,
  type CustomerOrder,
  type CustomerSort,
  type OwnSort,
  orderIn,
  orderText,
  ownSorts,
  sortedScores,
} from '../../../shared/api/customer-sort.ts'
import { sayName } from '../../../shared/conditions/say.ts'
import { isScore } from '../../../shared/models/scores.ts'
import { useLocale } from '../../locales/useLocale.ts'

/** Object.keys forgets its keys. */
const own = Object.keys(ownSorts) as OwnSort[]

/** In which order the list stands, as one most often wants it; the heads of its columns turn it round. */
export function SortSelect({
  order,
  ofAudience,
  onChange,
}: {
  order: CustomerOrder
  ofAudience: boolean
  onChange: (order: CustomerOrder) => void
}) {
  const { t } = useTranslation('customers')
  const { locale } = useLocale()
  const said = (by: CustomerSort) =>
    isScore(by) ? t('sort.score', { score: sayName(by, locale) }) : t(`sort.${by}`)
  const option = (by: CustomerSort) => {
    const descending = isScore(by) || ownSorts[by].largestFirst
    return { value: orderText({ by, descending }), label: said(by) }
  }
  const offered = own.filter((by) => by !== 'member_since' || ofAudience)
  const options = [...offered, ...sortedScores].map(option)
  const value = orderText(order)
  // The other end of an order is chosen at a column's head, where an arrow says which it is.
  const shown = options.find((one) => one.value === value) ?? {
    value,
    label: t('sort.reversed', { order: said(order.by) }),
  }
  return (
    <Select
      style={{ width: 190 }}
      popupMatchSelectWidth={false}
      aria-label={t('sort.by')}
      value={shown.value}
      options={options.includes(shown) ? options : [shown, ...options]}
      onChange={(next: string) => onChange(orderIn(next) ?? byId)}
      data-testid="customers-sort"
    />
  )
}
