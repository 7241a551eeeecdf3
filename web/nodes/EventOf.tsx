import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/react/shallow'
import { isReceipt } from '../../shared/conditions/receipts.ts'
import { useJourney } from '../conditions/editor.ts'
import { Field } from '../ui/fields/Field.tsx'
import { useFormat } from '../ui/useFormat.ts'

interface OfProps {
  /** The field of the configuration. */
  readonly path: string
  /** The node that is meant; null: any. */
  readonly value: string | null
  readonly onChange: (node: string | null) => void
}

/** The nodes of a type, by their names. */
function useNodesOf(type: 'coupon' | 'send') {
  const format = useFormat()
  const nodes = useJourney(({ nodes: all }) => all)
  const ids = useJourney(
    useShallow(({ nodes: all }) => Object.keys(all).filter((id) => all[id]?.type === type)),
  )
  return ids.map((id) => ({ value: id, label: format.text(nodes[id]?.name ?? { en: id }) }))
}

/** Which coupon's code the event must carry; shown where the journey gives coupons. */
export function CouponField({ path, value, onChange }: OfProps) {
  const { t } = useTranslation('nodes')
  const coupons = useNodesOf('coupon')
  if (coupons.length === 0 && value === null) return null
  return (
    <Field label={t('waitEvent.coupon')} path={path} hint={t('waitEvent.couponHint')}>
      {(id) => (
        <Select
          id={id}
          value={value ?? ''}
          options={[{ value: '', label: t('waitEvent.anyCoupon') }, ...coupons]}
          onChange={(coupon) => onChange(coupon === '' ? null : coupon)}
        />
      )}
    </Field>
  )
}

/** Which message's report is waited for; shown where the event is one, and always of this passage alone. */
export function MessageField({ path, event, value, onChange }: OfProps & { readonly event: string }) {
  const { t } = useTranslation('nodes')
  const sends = useNodesOf('send')
  if (!isReceipt(event)) return null
  return (
    <Field label={t('waitEvent.message')} path={path} hint={t('waitEvent.messageHint')}>
      {(id) => (
        <Select
          id={id}
          value={value ?? ''}
          options={[{ value: '', label: t('waitEvent.anyMessage') }, ...sends]}
          onChange={(message) => onChange(message === '' ? null : message)}
        />
      )}
    </Field>
  )
}
